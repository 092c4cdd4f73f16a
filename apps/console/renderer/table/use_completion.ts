/**
 * What a query box offers, asked for as one types.
 *
 * @module
 */

import { useRef, useState } from "react";
import { type Completion, complete } from "../query/complete.ts";
import type { QueryField } from "../query/query_fields.ts";
import { findValues } from "./find_values.ts";

/** The offer, a way to ask for another, and one to be rid of it. */
export function useCompletion(fields: readonly QueryField[]) {
  const [completion, setCompletion] = useState<Completion | null>(null);
  const asked = useRef(0);

  async function ask(text: string, caret: number): Promise<void> {
    asked.current += 1;
    const mine = asked.current;
    const found = await complete(text, caret, { fields, findValues });
    // An answer that comes after a later question is no answer.
    if (mine === asked.current) setCompletion(found);
  }

  function close(): void {
    asked.current += 1;
    setCompletion(null);
  }

  return { completion, ask: (text: string, caret: number) => void ask(text, caret), close };
}

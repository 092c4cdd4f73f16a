/**
 * A row that is edited while others may edit it, too.
 *
 * @module
 */

import { useState } from "react";
import type { Acted } from "../calls/act.ts";

/** A row as it was when it was opened, and what became of it. */
export interface Newer<Row> {
  /** The newest that is known: what the next try is made against. */
  readonly shown: Row;
  /** What was shown before somebody else changed it; null while nobody did. */
  readonly before: Row | null;
  /** Acts on what is shown; where that was changed meanwhile, looks what it is now. */
  readonly attempt: <T>(run: (shown: Row) => Promise<Acted<T>>) => Promise<Acted<T>>;
}

/** Keeps it. @param look Asks for the row as it is now; undefined where it is gone. */
export function useNewer<Row>(opened: Row, look: () => Promise<Row | undefined>): Newer<Row> {
  const [shown, setShown] = useState(opened);
  const [before, setBefore] = useState<Row | null>(null);

  async function attempt<T>(run: (shown: Row) => Promise<Acted<T>>): Promise<Acted<T>> {
    const done = await run(shown);
    if (done.ok || done.problem.code !== "conflict") return done;
    // Where it cannot be asked for, the refusal is all that is known.
    const now = await look().catch(() => undefined);
    if (now !== undefined) {
      setBefore(shown);
      setShown(now);
    }
    return done;
  }

  return { shown, before, attempt };
}

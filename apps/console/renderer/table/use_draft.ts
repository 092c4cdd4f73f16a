/**
 * What is being typed into a query box, and when it is asked for.
 *
 * @module
 */

import { useEffect, useRef, useState } from "react";
import { isWhole } from "../query/query_text.ts";

/** How long typing must rest before the list is asked, milliseconds. */
const REST_MS = 350;

/**
 * The draft, a way to change it, and one to ask at once. It is asked for by itself when typing rests,
 * unless a term has no value yet: the server would only refuse that.
 */
export function useDraft(
  query: string,
  onApply: (query: string) => void,
): readonly [string, (text: string) => void, () => void] {
  const [draft, setDraft] = useState(query);
  const latest = useRef(onApply);
  useEffect(() => {
    latest.current = onApply;
  });
  useEffect(() => setDraft((typed) => (typed.trim() === query ? typed : query)), [query]);
  useEffect(() => {
    const next = draft.trim();
    if (next === query || !isWhole(next)) return;
    const timer = setTimeout(() => latest.current(next), REST_MS);
    return () => clearTimeout(timer);
  }, [draft, query]);
  return [draft, setDraft, () => onApply(draft.trim())];
}

/**
 * Remembers answers by a text that callers choose, and never grows without bound.
 *
 * Two generations: what is asked for lives in the young one; when that is full it becomes the old
 * one, and the old one is forgotten. A flood of new texts can so make a known one be worked out
 * again, but costs no memory and no walk through the entries.
 *
 * @module
 */

/** Answers by text. */
export interface BoundedMemo<Value extends object> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  /** How many answers are held, at most the limit. */
  size(): number;
}

/** Makes an empty memo that holds at most `limit` answers, an even number. */
export function createBoundedMemo<Value extends object>(limit: number): BoundedMemo<Value> {
  const generationSize = limit / 2;
  let young = new Map<string, Value>();
  let old = new Map<string, Value>();

  function set(key: string, value: Value): void {
    if (young.size >= generationSize) {
      old = young;
      young = new Map();
    }
    young.set(key, value);
  }

  function get(key: string): Value | undefined {
    const found = young.get(key);
    if (found !== undefined) return found;
    const aged = old.get(key);
    if (aged === undefined) return undefined;
    old.delete(key);
    set(key, aged);
    return aged;
  }

  return { get, set, size: () => young.size + old.size };
}

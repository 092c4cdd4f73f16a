/**
 * Reads of one kind that are asked for in one turn of the event loop, done by one statement.
 *
 * A read happens after it was asked for, never before: so it sees at least what was committed by then.
 *
 * @module
 */

import { nextTurn } from "./_next_turn.ts";

/** Most keys that are looked up at once. */
const GATHERED_MAX = 256;

interface Gathering<Key, Found> {
  readonly keys: Set<Key>;
  readonly found: Promise<ReadonlyMap<Key, Found>>;
}

/**
 * Makes a function that looks a key up together with those that are asked for in the same turn.
 *
 * @param findAll Looks distinct keys up. What it leaves out is not there.
 * @returns Gives null where a key was left out. Rejects, for all of a turn, with what `findAll` threw.
 */
export function gathered<Key, Found>(
  findAll: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Found>>,
): (key: Key) => Promise<Found | null> {
  let open: Gathering<Key, Found> | null = null;

  async function run(keys: ReadonlySet<Key>): Promise<ReadonlyMap<Key, Found>> {
    await nextTurn();
    if (open?.keys === keys) open = null;
    return await findAll([...keys]);
  }

  return async (key) => {
    if (open === null || open.keys.size >= GATHERED_MAX) {
      const fresh = new Set<Key>();
      open = { keys: fresh, found: run(fresh) };
    }
    open.keys.add(key);
    return (await open.found).get(key) ?? null;
  };
}

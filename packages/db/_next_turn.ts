/**
 * Giving way to what else the process has to do.
 *
 * @module
 */

/** Resolves when everything that has arrived meanwhile was looked at. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/**
 * Readings that may overlap: one that began earlier never replaces what a later one brought.
 *
 * @module
 */

/** Makes what reads and puts in force. Rejects with what `read` threw; then nothing is replaced. */
export function createLatestReading<Value>(
  read: () => Promise<Value>,
  put: (value: Value) => void,
): () => Promise<void> {
  let begun = 0;
  let inForce = 0;
  return async () => {
    begun += 1;
    const turn = begun;
    const value = await read();
    if (turn < inForce) return;
    inForce = turn;
    put(value);
  };
}

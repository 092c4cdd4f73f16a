/**
 * Whole numbers as they are written in stored hashes.
 *
 * @module
 */

const DECIMAL = /^[1-9][0-9]{0,9}$/;

/** Reads a number from 1 to `max`; `undefined` where it is anything else, such as padded or signed. */
export function readDecimal(text: string | undefined, max: number): number | undefined {
  if (text === undefined || !DECIMAL.test(text)) return undefined;
  const value = Number(text);
  return value <= max ? value : undefined;
}

/**
 * How long a limit counts, in words.
 *
 * @module
 */

/** Says how long a window is. */
export function windowWords(seconds: number): string {
  if (seconds % 3_600 === 0) return seconds === 3_600 ? "an hour" : `${seconds / 3_600} hours`;
  if (seconds % 60 === 0) return seconds === 60 ? "a minute" : `${seconds / 60} minutes`;
  return `${seconds} seconds`;
}

/**
 * What a check says in the end.
 *
 * @module
 */

/** The end of one check. */
export interface Outcome {
  /** Problems, as lines to print; empty when all is well. */
  readonly problems: readonly string[];
  /** How much was looked at, in a few words. */
  readonly extent: string;
}

/**
 * Problems, and one more for each source file that the check has not read.
 *
 * @param sources All source files there are, relative to the root.
 * @param read Those that the check has read, and perhaps others.
 * @param problems What it found in them.
 */
export function outcomeOf(
  sources: readonly string[],
  read: Iterable<string>,
  problems: readonly string[],
): Outcome {
  const seen = new Set(read);
  const unread = sources.filter((path) => !seen.has(path)).map((path) => `${path}: was not read`);
  const extent = `${sources.length - unread.length} of ${sources.length} files`;
  return { problems: [...problems, ...unread], extent };
}

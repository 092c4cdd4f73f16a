/**
 * Reads usernames out of a field: with spaces or commas between them, with or without an at sign.
 *
 * @module
 */

/** Reads them; each once, as it was typed first. */
export function readUsernames(text: string): string[] {
  const names = text.split(/[\s,;]+/).map((name) => name.replace(/^@/, ""));
  return [...new Set(names.filter((name) => name !== ""))];
}

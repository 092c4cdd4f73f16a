/**
 * A sentence that one page leaves for the next, such as that the password is set.
 *
 * In memory alone: an address could be made by anybody, and must not put words into our page.
 *
 * @module
 */

let left: string | undefined;

/** Leaves a sentence for the next page that takes it. */
export function leaveNote(words: string): void {
  left = words;
}

/** The sentence that was left, if one was. */
export function readNote(): string | undefined {
  return left;
}

/** Forgets a sentence once it is on the page. A drawing that was given up has shown nothing yet. */
export function dropNote(words: string | undefined): void {
  if (left === words) left = undefined;
}

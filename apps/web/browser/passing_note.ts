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

/** Looks at the sentence that was left; it is gone with the next visit to a page. */
export function takeNote(): string | undefined {
  const words = left;
  queueMicrotask(() => {
    if (left === words) left = undefined;
  });
  return words;
}

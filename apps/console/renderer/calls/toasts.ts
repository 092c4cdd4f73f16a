/**
 * Notes at the foot of the page that something was done.
 *
 * @module
 */

import { createToastStore } from "@postern/ui";
import type { Acted } from "./act.ts";
import { problemWords } from "./problem_words.ts";

/** The notes. */
export const toasts = createToastStore();

/** Notes what was done, or why not. */
export function noteActed<T>(acted: Acted<T>, words: (value: T) => string): void {
  if (acted.ok) toasts.add(words(acted.value));
  else toasts.add(problemWords(acted.problem), "bad");
}

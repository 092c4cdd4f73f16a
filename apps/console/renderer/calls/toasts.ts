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

/** How something is taken back. */
export interface Undo {
  readonly act: () => Promise<Acted<unknown>>;
  /** What is noted when it was. */
  readonly words: string;
}

/** Notes what was done, with a way back. */
export function noteUndoable(words: string, undo: Undo): void {
  toasts.add(words, "good", { label: "Undo", run: () => void takeBack(undo) });
}

async function takeBack({ act, words }: Undo): Promise<void> {
  noteActed(await act(), () => words);
}

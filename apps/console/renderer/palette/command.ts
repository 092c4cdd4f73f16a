/**
 * What the palette offers, and how it is found.
 *
 * @module
 */

import type { IconName } from "@postern/ui";

/** One line of the palette. */
export interface Command {
  readonly id: string;
  readonly label: string;
  /** Further words that it is found by. */
  readonly about: string;
  readonly hint: string;
  readonly icon: IconName;
  readonly run: () => void;
}

/** Most lines that are shown. */
const LINES_MAX = 12;

/**
 * Finds commands: each word must begin a word of the label or of what it is about. Those that begin
 * as the label does come first.
 */
export function findCommands(commands: readonly Command[], typed: string): readonly Command[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const ranked = commands.flatMap((command) => {
    const rank = rankOf(command, words);
    return rank === null ? [] : [{ command, rank }];
  });
  return ranked
    .toSorted((one, other) => one.rank - other.rank)
    .slice(0, LINES_MAX)
    .map(({ command }) => command);
}

function rankOf({ label, about }: Command, words: readonly string[]): number | null {
  const ofLabel = wordsOf(label);
  const all = [...ofLabel, ...wordsOf(about)];
  if (!words.every((word) => all.some((one) => one.startsWith(word)))) return null;
  const [first = ""] = words;
  if (label.toLowerCase().startsWith(first)) return 0;
  return ofLabel.some((one) => one.startsWith(first)) ? 1 : 2;
}

/** Words by blanks, and their parts: an address is found as a whole, and by what is behind its dots. */
function wordsOf(text: string): readonly string[] {
  const lower = text.toLowerCase();
  return [...lower.split(/\s+/), ...lower.split(/[\s@.:/]+/)];
}

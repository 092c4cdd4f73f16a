/**
 * When and from where something was done, as the lines of a mail.
 *
 * @module
 */

import { momentWords, quoted } from "./_words.ts";
import type { Occasion } from "./mail.ts";

/** The lines, of what is known. */
export function occasionFacts(occasion: Occasion): readonly (readonly [string, string])[] {
  return [
    ["When", momentWords(occasion.at)],
    ...(occasion.device === null ? [] : [["Device", quoted(occasion.device)] as const]),
    ...(occasion.ip === null ? [] : [["Network address", quoted(occasion.ip)] as const]),
  ];
}

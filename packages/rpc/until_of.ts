/**
 * The end of a block, as it is asked for.
 *
 * @module
 */

import { type EpochMs, parseTime } from "@postern/std";
import { refused } from "./refused.ts";

/** Reads a time that may be left out; null where it is. */
export function untilOf(text: string | undefined): EpochMs | null {
  if (text === undefined) return null;
  const moment = parseTime(text);
  if (moment === undefined) throw refused("invalid_request", "until: there is no such time");
  return moment;
}

/**
 * When a mail is tried again, and when no more.
 *
 * Pure: no clock and no randomness of its own.
 *
 * @module
 */

import { after, type EpochMs } from "@postern/std";
import { FIRST_RETRY_MS, KEEP_TRYING_MS, LONGEST_RETRY_MS } from "./limits.ts";
import type { Mail } from "./mail.ts";
import type { ClaimedMail } from "./ports.ts";

/** When a mail that is made at `now` is given up: after a day, or when its link is dead. */
export function giveUpAt(mail: Mail, now: EpochMs): EpochMs {
  return after(now, "lifeMs" in mail ? Math.min(mail.lifeMs, KEEP_TRYING_MS) : KEEP_TRYING_MS);
}

/**
 * When a mail that just failed is tried again; `undefined` where it is to be given up.
 *
 * Waits double, from 30 s up to 1 h, and each is lengthened by chance up to the next, so that mails
 * that failed together do not come back together.
 *
 * @param chance From 0 up to, but not including, 1.
 */
export function nextAttemptAt(
  claim: ClaimedMail,
  now: EpochMs,
  chance: number,
): EpochMs | undefined {
  const shortest = Math.min(FIRST_RETRY_MS * 2 ** (claim.attempt - 1), LONGEST_RETRY_MS / 2);
  const next = after(now, Math.floor(shortest * (1 + chance)));
  return next < claim.giveUpAt ? next : undefined;
}

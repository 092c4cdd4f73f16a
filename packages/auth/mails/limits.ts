/**
 * How long mails are tried, and how often.
 *
 * @see RFC 5321, section 4.5.4.1 (sending strategy)
 * @module
 */

import { days, hours, minutes, seconds } from "@postern/std";

/** Shortest wait after the first failure. */
export const FIRST_RETRY_MS = seconds(30);

/** Longest wait between two attempts. */
export const LONGEST_RETRY_MS = hours(1);

/** How long a mail is tried in all, if its link does not run out before. */
export const KEEP_TRYING_MS = days(1);

/** How long a claimed mail belongs to its claimer. Longer than any attempt to send one. */
export const MAIL_LEASE_MS = minutes(2);

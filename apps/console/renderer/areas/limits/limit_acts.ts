/**
 * Letting addresses in again, and editing limits.
 *
 * @module
 */

import { type Acted, act } from "../../calls/act.ts";
import { api, reloadArea } from "../../calls/api.ts";
import type { LimitRow } from "../../calls/shapes.ts";
import { noteActed } from "../../calls/toasts.ts";
import { cidrWords } from "./cidr_words.ts";

/** Lets addresses in again, and notes it. */
export async function unblockAddress(cidr: string): Promise<void> {
  const done = await act(`Let ${cidrWords(cidr)} in again`, () =>
    api.limits.unblockAddress.mutate({ cidr }),
  );
  noteActed(done, () => `${cidrWords(cidr)} is let in again`);
  await reloadArea("limits", "audit");
}

/** What of a limit may be edited. */
export type LimitDraft = Pick<LimitRow, "count" | "window_s" | "enabled">;

/**
 * Edits a limit, unless somebody else did since it was shown.
 *
 * @param shown The limit as whoever edits it saw it.
 */
export async function updateLimit(shown: LimitRow, draft: LimitDraft): Promise<Acted<LimitRow>> {
  const input = { id: shown.id, ...draft, expected: shown.version };
  const done = await act(`Change the limit ${shown.name}`, () => api.limits.update.mutate(input));
  await reloadArea("limits", "audit");
  return done;
}

/** Counts somebody anew, and notes it. */
export async function resetCount(limit: LimitRow, subject: string): Promise<void> {
  const done = await act(`Count ${subject} anew`, () =>
    api.limits.resetCount.mutate({ id: limit.id, subject }),
  );
  noteActed(done, () => `${subject} is counted anew by ${limit.name}`);
  await reloadArea("limits", "audit");
}

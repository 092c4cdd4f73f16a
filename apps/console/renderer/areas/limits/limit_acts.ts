/**
 * Letting addresses in again, and editing limits.
 *
 * @module
 */

import { type Acted, act } from "../../calls/act.ts";
import { api, reloadArea } from "../../calls/api.ts";
import type { AddressBlockRow, LimitRow } from "../../calls/shapes.ts";
import { noteActed, noteUndoable } from "../../calls/toasts.ts";
import { cidrWords } from "./cidr_words.ts";

/** What keeps addresses out. */
export interface AddressBlockTerms {
  readonly cidr: string;
  readonly reason: string | null;
  /** RFC 3339; null: until somebody lets them in again. */
  readonly until: string | null;
}

/** Keeps addresses out. */
export async function blockAddress({
  cidr,
  reason,
  until,
}: AddressBlockTerms): Promise<Acted<AddressBlockRow>> {
  const input = {
    cidr,
    ...(reason === null ? {} : { reason }),
    ...(until === null ? {} : { until }),
  };
  const done = await act(`Block ${cidrWords(cidr)}`, () => api.limits.blockAddress.mutate(input));
  await reloadArea("limits", "overview", "audit");
  return done;
}

/** Notes that addresses are kept out, with a way back. */
export function noteAddressBlocked({ cidr }: Pick<AddressBlockRow, "cidr">): void {
  noteUndoable(`${cidrWords(cidr)} is kept out`, {
    act: () => letIn(cidr),
    words: `${cidrWords(cidr)} is let in again`,
  });
}

/** Lets addresses in again, and notes it, with a way back. */
export async function unblockAddress(cidr: string): Promise<void> {
  const done = await letIn(cidr);
  const words = `${cidrWords(cidr)} is let in again`;
  if (done.ok) {
    const { value: block } = done;
    noteUndoable(words, {
      act: () => blockAddress(block),
      words: `${cidrWords(cidr)} is kept out as before`,
    });
  } else noteActed(done, () => words);
}

async function letIn(cidr: string): Promise<Acted<AddressBlockRow>> {
  const done = await act(`Let ${cidrWords(cidr)} in again`, () =>
    api.limits.unblockAddress.mutate({ cidr }),
  );
  await reloadArea("limits", "overview", "audit");
  return done;
}

/** What of a limit may be edited. */
export type LimitDraft = Pick<LimitRow, "count" | "window_s" | "enabled">;

/**
 * Edits a limit, unless somebody else did since it was shown.
 *
 * @param shown The limit as whoever edits it saw it.
 */
export async function updateLimit(
  shown: LimitRow,
  { count, window_s, enabled }: LimitDraft,
): Promise<Acted<LimitRow>> {
  const input = { id: shown.id, count, window_s, enabled, expected: shown.version };
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

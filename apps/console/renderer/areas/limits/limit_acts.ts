/**
 * Letting addresses in again, and editing limits.
 *
 * @module
 */

import { type Acted, act } from "../../calls/act.ts";
import { api, reloadArea } from "../../calls/api.ts";
import type { LimitRow } from "../../calls/shapes.ts";
import { noteActed } from "../../calls/toasts.ts";

/** Lets addresses in again, and notes it. */
export async function unblockAddress(cidr: string): Promise<void> {
  const done = await act(`Let ${cidr} in again`, () => api.limits.unblockAddress.mutate({ cidr }));
  noteActed(done, () => `${cidr} is let in again`);
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
  const now = await act(`Look at the limit ${shown.name}`, () => api.limits.list.query());
  if (!now.ok) return now;
  const current = now.value.items.find(({ id }) => id === shown.id);
  if (current === undefined) {
    return refusal("not_found", "The limit is gone");
  }
  if (!isSame(current, shown)) {
    await reloadArea("limits");
    const { count, window_s, enabled } = current;
    return refusal(
      "conflict",
      `Somebody else changed it meanwhile: it is now ${count} in ${window_s} s, ${enabled ? "on" : "off"}. Look at that, then edit again`,
    );
  }
  const done = await act(`Change the limit ${shown.name}`, () =>
    api.limits.update.mutate({ id: shown.id, ...draft }),
  );
  await reloadArea("limits", "audit");
  return done;
}

function isSame(one: LimitDraft, other: LimitDraft): boolean {
  return (
    one.count === other.count && one.window_s === other.window_s && one.enabled === other.enabled
  );
}

function refusal(code: "conflict" | "not_found", message: string): Acted<never> {
  return { ok: false, problem: { code, message, call: null } };
}

/**
 * Editing a limit.
 *
 * @module
 */

import { err, ok, type Result } from "@postern/std";
import type { Actor } from "../actor.ts";
import { type Details, eventOf } from "../events/event.ts";
import type { Limit } from "../limits/limit.ts";
import type { HasClock, HasStore } from "../ports.ts";

/** What of a limit is to change. */
export interface UpdateLimit {
  readonly id: string;
  readonly count?: number | undefined;
  readonly windowMs?: number | undefined;
  readonly enabled?: boolean | undefined;
  /** What `limitVersion` told when the row was shown: refused where it has changed since. */
  readonly expected?: string | undefined;
}

/** Why a limit stays as it is. */
type Refused = { readonly code: "not_found" } | { readonly code: "conflict" };

/** Tells one state of a limit from another. */
export function limitVersion({
  count,
  windowMs,
  enabled,
}: Pick<Limit, "count" | "windowMs" | "enabled">): string {
  return `${count}/${windowMs}/${enabled ? "on" : "off"}`;
}

/** Edits a limit. What counts by it is told when the write commits. */
export async function updateLimit(
  deps: HasClock & HasStore,
  actor: Actor,
  command: UpdateLimit,
): Promise<Result<Limit, Refused>> {
  const at = deps.clock.now();
  const action = "admin.limits.update";
  return await deps.store.write<Result<Limit, Refused>>(async (tx) => {
    const before = (await tx.listLimits()).find((limit) => limit.id === command.id);
    const { expected } = command;
    const isStale =
      before !== undefined && (expected ?? limitVersion(before)) !== limitVersion(before);
    if (before === undefined || isStale) {
      const code = isStale ? "conflict" : "not_found";
      const details = { limit: command.id, refused: code };
      const event = eventOf(actor, { at, action, success: false, details });
      return { value: err({ code }), event };
    }
    const after = {
      ...before,
      count: command.count ?? before.count,
      windowMs: command.windowMs ?? before.windowMs,
      enabled: command.enabled ?? before.enabled,
    };
    await tx.updateLimit(after);
    const details = { limit: before.id, before: shownOf(before), after: shownOf(after) };
    return { value: ok(after), event: eventOf(actor, { at, action, details }) };
  });
}

function shownOf({ count, windowMs, enabled }: Limit): Details {
  return { count, window_ms: windowMs, enabled };
}

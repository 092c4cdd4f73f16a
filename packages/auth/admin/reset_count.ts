/**
 * Letting somebody go whom a limit holds back.
 *
 * @module
 */

import { err, ok, type Result } from "@postern/std";
import type { Actor } from "../actor.ts";
import { eventOf } from "../events/event.ts";
import type { HasDecisions } from "../limits/decisions.ts";
import type { HasClock, HasStore } from "../ports.ts";

/** Which limit, and whom it counts. */
export interface ResetCount {
  readonly id: string;
  readonly subject: string;
}

/** Forgets what a limit counted of somebody. Somebody whom it never counted is no error. */
export async function resetCount(
  deps: HasClock & HasStore & HasDecisions,
  actor: Actor,
  { id, subject }: ResetCount,
): Promise<Result<null, { readonly code: "not_found" }>> {
  const at = deps.clock.now();
  const limit = (await deps.store.listLimits()).find((one) => one.id === id);
  const success = limit !== undefined;
  const facts = { at, action: "admin.limits.reset_count", success } as const;
  const event = eventOf(actor, { ...facts, details: { limit: id, subject } });
  await deps.store.write(async () => ({ value: null, event }));
  if (limit === undefined) return err({ code: "not_found" });
  await deps.resetCount(limit.id, subject);
  return ok(null);
}

/**
 * Writing down that a limit was reached: once a minute for each who reaches it, with how often.
 *
 * One row for each refusal would let whoever is refused fill the log.
 *
 * @module
 */

import { minutes } from "@postern/std";
import type { Actor } from "../actor.ts";
import { eventOf } from "../events/event.ts";
import type { HasClock, HasStore } from "../ports.ts";
import type { LimitId } from "./limit.ts";

/** Shortest time between two events of one limit and one caller. */
const NOTE_EVERY_MS = minutes(1);

/** Most callers that are remembered. */
const REMEMBERED_MAX = 10_000;

/** A refusal, and whom the limit counted. */
export interface Refusal {
  readonly limit: LimitId;
  readonly subject: string;
}

/** Makes the note-taker, which remembers whom it noted when. */
export function createRefusalNotes(deps: HasClock & HasStore) {
  const noted = new Map<string, { at: number; count: number }>();
  return async function note(actor: Actor, refusal: Refusal): Promise<void> {
    const at = deps.clock.now();
    const key = `${refusal.limit} ${refusal.subject}`;
    const last = noted.get(key);
    if (last !== undefined && at - last.at < NOTE_EVERY_MS) {
      last.count += 1;
      return;
    }
    if (noted.size >= REMEMBERED_MAX) noted.clear();
    noted.set(key, { at, count: 0 });
    const details = { limit: refusal.limit, refused_before: last?.count ?? 0 };
    const user = actor.type === "user" ? { id: actor.userId, username: actor.username } : null;
    await deps.store.write(async () => ({
      value: null,
      event: eventOf(actor, { at, action: "rate_limited", user, success: false, details }),
    }));
  };
}

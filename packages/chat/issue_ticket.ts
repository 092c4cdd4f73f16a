/**
 * Tickets that open one WebSocket each, for one session and Origin.
 *
 * @module
 */

import { newSecret, type SessionId, type UserActor } from "@postern/auth";
import { after, type Random, type Sha256 } from "@postern/std";
import type { HasChat } from "./create_conversation.ts";
import { TICKET_MS } from "./limits.ts";

/** Gives the actor's session a ticket. */
export async function issueTicket(
  deps: HasChat & { readonly random: Random; readonly sha256: Sha256 },
  actor: UserActor,
  command: { readonly origin: string | null },
): Promise<{ readonly ticket: string; readonly lifeMs: number }> {
  const at = deps.clock.now();
  const ticket = newSecret(deps.random);
  const kept = { sessionId: actor.sessionId, origin: command.origin };
  const life = { at, expiresAt: after(at, TICKET_MS) };
  await deps.chat.keepTicket(deps.sha256(ticket), kept, life);
  return { ticket, lifeMs: TICKET_MS };
}

/** Spends a ticket; null where it opens nothing from this Origin. One shown from elsewhere is spent, too. */
export async function spendTicket(
  deps: HasChat & { readonly sha256: Sha256 },
  shown: { readonly ticket: string; readonly origin: string | null },
): Promise<SessionId | null> {
  const taken = await deps.chat.takeTicket(deps.sha256(shown.ticket), deps.clock.now());
  return taken !== null && taken.origin === shown.origin ? taken.sessionId : null;
}

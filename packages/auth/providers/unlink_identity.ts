/**
 * Taking a linked account away, unless it is the last way in.
 *
 * @module
 */

import { err, ok, type Result } from "@postern/std";
import type { UserActor } from "../actor.ts";
import { eventOf } from "../events/event.ts";
import type { HasClock, HasStore } from "../ports.ts";
import type { IdentityId } from "./identity.ts";

/** Why it stays. */
export type UnlinkIdentityError = { readonly code: "not_found" } | { readonly code: "last_way_in" };

/** Takes one of the actor's own identities away, with its tokens. */
export async function unlinkIdentity(
  deps: HasClock & HasStore,
  actor: UserActor,
  command: { readonly id: IdentityId },
): Promise<Result<null, UnlinkIdentityError>> {
  const at = deps.clock.now();
  const identity = await deps.store.findIdentity(command.id);
  if (identity === null || identity.userId !== actor.userId) return err({ code: "not_found" });
  return await deps.store.write<Result<null, UnlinkIdentityError>>(async (tx) => {
    const user = await tx.findUser(actor.userId);
    const others = await tx.countOtherWays(actor.userId, identity.id);
    const isLast = others === 0 && user?.passwordHash === null;
    const isGone = !isLast && (await tx.deleteIdentity(identity.id, actor.userId));
    const refused = isLast ? "last_way_in" : "not_found";
    const details = {
      provider: identity.providerId,
      identity: identity.id,
      ...(isGone ? {} : { reason: refused }),
    };
    const facts = { at, action: "oauth_unlink", user, success: isGone, details } as const;
    return { value: isGone ? ok(null) : err({ code: refused }), event: eventOf(actor, facts) };
  });
}

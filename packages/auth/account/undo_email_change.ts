/**
 * Taking an address back by the link that was sent to it when the account moved away.
 *
 * Whoever moved the account may still be in it: so every session ends. They may know its password,
 * too, so the page that spends the link goes on to set a new one.
 *
 * @module
 */

import { err, ok, type Result } from "@postern/std";
import type { Actor } from "../actor.ts";
import { eventOf } from "../events/event.ts";
import type { HasClock, HasSha256, HasStore } from "../ports.ts";
import type { User } from "../users/user.ts";

/** The link's token. */
export interface UndoEmailChange {
  readonly token: string;
}

/** Why the address stayed. */
export type UndoEmailChangeError =
  | { readonly code: "invalid_token" }
  | { readonly code: "conflict" };

/** Spends the link and takes the address back. */
export async function undoEmailChange(
  deps: HasClock & HasStore & HasSha256,
  actor: Actor,
  command: UndoEmailChange,
): Promise<Result<null, UndoEmailChangeError>> {
  const tokenHash = deps.sha256(command.token);
  const at = deps.clock.now();
  const link = await deps.store.findLink(tokenHash, "email_undo");
  if (link === null || at >= link.expiresAt) return err({ code: "invalid_token" });
  const user = await deps.store.findUser(link.userId);
  if (user === null) return err({ code: "invalid_token" });
  return await deps.store.write<Result<null, UndoEmailChangeError>>(async (tx) => {
    const failure = failing(actor, user, at);
    const holder = await tx.findUserByEmail(link.email);
    if (holder !== null && holder.id !== user.id) return failure("conflict");
    if ((await tx.spendLink(tokenHash, "email_undo", at)) === null) return failure("invalid_token");
    const updated = await tx.updateUser(user.id, { email: link.email, emailVerified: true });
    if (!updated.ok) return failure("conflict");
    const ended = await tx.endSessions({ userId: user.id }, at, "email_undone");
    await tx.voidLinks(user.id, ["reset_password", "email_change", "verify_email"]);
    // Later addresses were whoever's it is taken back from: theirs would take it away again.
    await tx.voidLinks(user.id, ["email_undo"], link.createdAt);
    const details = {
      field: "email",
      from: user.email,
      to: link.email,
      undo: true,
      sessions_ended: ended.length,
    };
    return {
      value: ok(null),
      event: eventOf(actor, { at, action: "profile_update", user, details }),
    };
  });
}

function failing(actor: Actor, user: User, at: Parameters<typeof eventOf>[1]["at"]) {
  return (code: UndoEmailChangeError["code"]) => ({
    value: err({ code }) as Result<null, UndoEmailChangeError>,
    event: eventOf(actor, {
      at,
      action: "profile_update",
      user,
      success: false,
      details: { field: "email", undo: true, reason: code },
    }),
  });
}

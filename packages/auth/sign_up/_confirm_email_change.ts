/**
 * The write that moves an account to its new address, or marks its own as proven.
 *
 * @module
 */

import { after, type EpochMs, err, ok, type Result } from "@postern/std";
import type { Actor } from "../actor.ts";
import { eventOf } from "../events/event.ts";
import { UNDO_LINK_MS } from "../lifetimes.ts";
import type { Link } from "../links/link.ts";
import { newSecret } from "../links/secret.ts";
import type { HasRandom, HasSha256 } from "../ports.ts";
import type { AuthTx, Written } from "../store.ts";
import { emailKey } from "../users/check_email.ts";
import { isBlocked, type User } from "../users/user.ts";

/** Whose address changes, by which link. */
export interface Confirmation {
  readonly actor: Actor;
  readonly link: Link;
  readonly user: User;
  readonly at: EpochMs;
}

/** Why the address stayed as it was. */
export type ConfirmError = { readonly code: "invalid_token" } | { readonly code: "conflict" };

/** Spends the link and changes the address; tells the old one, which can take it back. */
export async function confirmEmailChange(
  deps: HasRandom & HasSha256,
  tx: AuthTx,
  given: Confirmation,
): Promise<Written<Result<User, ConfirmError>>> {
  const { actor, link, user, at } = given;
  const failure = (code: ConfirmError["code"]) => ({
    value: err({ code }),
    event: eventOf(actor, {
      at,
      action: "profile_update" as const,
      user,
      success: false,
      details: { field: "email", reason: code },
    }),
  });
  const holder = await tx.findUserByEmail(link.email);
  if (holder !== null && holder.id !== user.id) return failure("conflict");
  const fresh = await tx.findUser(user.id);
  if (fresh === null || isBlocked(fresh, at)) return failure("invalid_token");
  const spent = await tx.spendLink(link.tokenHash, link.kind, at);
  if (spent === null) return failure("invalid_token");
  const updated = await tx.updateUser(user.id, { email: link.email, emailVerified: true });
  if (!updated.ok) return failure("conflict");
  await tx.deleteSignupsOf(link.email);
  const moved = emailKey(user.email) !== emailKey(link.email);
  if (moved) {
    // Sent to the old address, and perhaps why it was left.
    await tx.voidLinks(user.id, ["reset_password", "verify_email"]);
    await tellOldAddress(deps, tx, given);
  }
  const details = moved
    ? { field: "email", from: user.email, to: link.email }
    : { field: "email_verified" };
  return {
    value: ok(updated.value),
    event: eventOf(actor, { at, action: "profile_update", user, details }),
  };
}

async function tellOldAddress(
  deps: HasRandom & HasSha256,
  tx: AuthTx,
  { actor, link, user, at }: Confirmation,
): Promise<void> {
  const token = newSecret(deps.random);
  await tx.insertLink({
    tokenHash: deps.sha256(token),
    kind: "email_undo",
    userId: user.id,
    email: user.email,
    browserHash: null,
    createdAt: at,
    expiresAt: after(at, UNDO_LINK_MS),
  });
  await tx.queueMail(
    user.email,
    {
      kind: "email_change_notice",
      username: user.username,
      newEmail: link.email,
      token,
      lifeMs: UNDO_LINK_MS,
      at,
      ip: actor.ip,
      device: null,
    },
    at,
  );
}

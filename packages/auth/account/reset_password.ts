/**
 * Setting a new password by the link that was sent. It ends every session and signs nobody in.
 *
 * @see OWASP Forgot Password Cheat Sheet, "User Resets Password"
 * @module
 */

import { type EpochMs, err, ok, type Result } from "@postern/std";
import type { Actor } from "../actor.ts";
import { eventOf } from "../events/event.ts";
import type { Link } from "../links/link.ts";
import { lengthToKeep } from "../passwords/is_long_password.ts";
import type { HasherBusy } from "../passwords/ports.ts";
import type { HasClock, HasDevices, HasHasher, HasPolicy, HasSha256, HasStore } from "../ports.ts";
import { emailKey } from "../users/check_email.ts";
import type { InvalidFields } from "../users/field_problem.ts";
import type { User, UserPatch } from "../users/user.ts";
import { checkNewPassword } from "./_check_new_password.ts";

/** What setting a new password needs. */
export type ResetPasswordDeps = HasClock &
  HasStore &
  HasSha256 &
  HasHasher &
  HasPolicy &
  HasDevices;

/** The link's token and the new password. */
export interface ResetPassword {
  readonly token: string;
  readonly newPassword: string;
}

/** Why the password stayed. The link is not spent by any of these. */
export type ResetPasswordError = { readonly code: "invalid_token" } | InvalidFields | HasherBusy;

/** Spends a link and sets the password. */
export async function resetPassword(
  deps: ResetPasswordDeps,
  actor: Actor,
  command: ResetPassword,
): Promise<Result<null, ResetPasswordError>> {
  const at = deps.clock.now();
  const link = await deps.store.findLink(deps.sha256(command.token), "reset_password");
  if (link === null || at >= link.expiresAt) return err({ code: "invalid_token" });
  const user = await deps.store.findUser(link.userId);
  if (user === null) return err({ code: "invalid_token" });
  const checked = checkNewPassword(deps.policy, user, command.newPassword);
  if (!checked.ok) return checked;
  const hashed = await deps.hasher.hash(command.newPassword);
  if (!hashed.ok) return hashed;
  const passwordIsLong = lengthToKeep(user.role, command.newPassword);
  const set = { passwordHash: hashed.value, passwordIsLong };
  return await write(deps, actor, { link, user, set, at });
}

async function write(
  deps: HasStore & HasDevices,
  actor: Actor,
  given: {
    readonly link: Link;
    readonly user: User;
    readonly set: UserPatch;
    readonly at: EpochMs;
  },
): Promise<Result<null, ResetPasswordError>> {
  const { link, user, set, at } = given;
  return await deps.store.write<Result<null, ResetPasswordError>>(async (tx) => {
    const spent = await tx.spendLink(link.tokenHash, "reset_password", at);
    const facts = { at, action: "password_reset", user } as const;
    if (spent === null) {
      const details = { stage: "set", reason: "link_spent" };
      return {
        value: err({ code: "invalid_token" }),
        event: eventOf(actor, { ...facts, success: false, details }),
      };
    }
    const proves = emailKey(user.email) === emailKey(link.email);
    await tx.updateUser(user.id, { ...set, ...(proves ? { emailVerified: true } : {}) });
    const ended = await tx.endSessions({ userId: user.id }, at, "password_reset");
    await tx.voidLinks(user.id, ["reset_password", "email_change", "verify_email"]);
    const { username } = user;
    const device = deps.describeDevice(actor.userAgent);
    await tx.queueMail(
      user.email,
      { kind: "password_changed", username, at, ip: actor.ip, device },
      at,
    );
    const details = { stage: "set", sessions_ended: ended.length };
    return { value: ok(null), event: eventOf(actor, { ...facts, isProven: true, details }) };
  });
}

/**
 * Changing one's own password: the others of one's sessions end, and outstanding links are void.
 *
 * @see OWASP Session Management Cheat Sheet, "Renew the Session ID After Any Privilege Level Change"
 * @module
 */

import { type EpochMs, err, ok, type Result } from "@postern/std";
import type { UserActor } from "../actor.ts";
import { eventOf } from "../events/event.ts";
import { lengthToKeep } from "../passwords/is_long_password.ts";
import type { HasClock, HasDevices, HasHasher, HasLimiter, HasPolicy, HasStore } from "../ports.ts";
import type { InvalidFields } from "../users/field_problem.ts";
import type { User, UserPatch } from "../users/user.ts";
import { hasChangedMeanwhile } from "./_changed_meanwhile.ts";
import { checkNewPassword } from "./_check_new_password.ts";
import { type ProvePasswordError, provePassword } from "./_prove_password.ts";

/** What changing a password needs. */
export type ChangePasswordDeps = HasClock &
  HasStore &
  HasHasher &
  HasLimiter &
  HasPolicy &
  HasDevices;

/** The current password and the new one. */
export interface ChangePassword {
  readonly currentPassword: string;
  readonly newPassword: string;
  /** Whom limits count by address. */
  readonly addressKey: string;
}

/** Why the password stayed. */
export type ChangePasswordError =
  | ProvePasswordError
  | InvalidFields
  | { readonly code: "session_ended" };

/** Changes the actor's own password. */
export async function changePassword(
  deps: ChangePasswordDeps,
  actor: UserActor,
  command: ChangePassword,
): Promise<Result<null, ChangePasswordError>> {
  const user = await deps.store.findUser(actor.userId);
  if (user === null) return err({ code: "session_ended" });
  const checked = checkNewPassword(deps.policy, user, command.newPassword);
  if (!checked.ok) return checked;
  const { currentPassword: password, addressKey } = command;
  const proven = await provePassword(deps, actor, { user, password, addressKey });
  if (!proven.ok) {
    if (proven.error.code === "wrong_password") await noteWrong(deps, actor, user);
    return proven;
  }
  const hashed = await deps.hasher.hash(command.newPassword);
  if (!hashed.ok) return hashed;
  const passwordIsLong = lengthToKeep(user.role, command.newPassword);
  const set = { passwordHash: hashed.value, passwordIsLong };
  return await write(deps, actor, { user, set, at: deps.clock.now() });
}

async function write(
  deps: HasStore & HasDevices,
  actor: UserActor,
  given: { readonly user: User; readonly set: UserPatch; readonly at: EpochMs },
) {
  const { user, set, at } = given;
  return await deps.store.write<Result<null, ChangePasswordError>>(async (tx) => {
    const event = { at, action: "password_change", user } as const;
    if (await hasChangedMeanwhile(tx, actor, { user, at })) {
      const details = { reason: "changed_meanwhile" };
      return {
        value: err({ code: "session_ended" }),
        event: eventOf(actor, { ...event, success: false, details }),
      };
    }
    await tx.updateUser(user.id, set);
    const filter = { userId: user.id, except: actor.sessionId };
    const ended = await tx.endSessions(filter, at, "password_changed");
    await tx.voidLinks(user.id, ["reset_password", "email_change", "verify_email"]);
    const { username } = user;
    const device = deps.describeDevice(actor.userAgent);
    await tx.queueMail(
      user.email,
      { kind: "password_changed", username, at, ip: actor.ip, device },
      at,
    );
    const details = { sessions_ended: ended.length };
    return { value: ok(null), event: eventOf(actor, { ...event, details }) };
  });
}

async function noteWrong(deps: HasClock & HasStore, actor: UserActor, user: User): Promise<void> {
  const at = deps.clock.now();
  const details = { reason: "wrong_password" };
  await deps.store.write(async () => ({
    value: null,
    event: eventOf(actor, { at, action: "password_change", user, success: false, details }),
  }));
}

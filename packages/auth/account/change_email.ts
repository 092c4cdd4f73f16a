/**
 * Asking for another address. It takes hold once the new address has confirmed itself; whether that
 * address has an account is not told.
 *
 * @see OWASP Authentication Cheat Sheet, "Change A User's Registered Email Address"
 * @module
 */

import { after, type EpochMs, err, ok, type Result } from "@postern/std";
import type { UserActor } from "../actor.ts";
import { eventOf } from "../events/event.ts";
import { VERIFY_LINK_MS } from "../lifetimes.ts";
import { newSecret } from "../links/secret.ts";
import type { HasClock, HasHasher, HasLimiter, HasRandom, HasSha256, HasStore } from "../ports.ts";
import { checkEmail, emailKey } from "../users/check_email.ts";
import type { InvalidFields } from "../users/field_problem.ts";
import type { User } from "../users/user.ts";
import { hasChangedMeanwhile } from "./_changed_meanwhile.ts";
import { type ProvePasswordError, provePassword } from "./_prove_password.ts";

/** What asking for another address needs. */
export type ChangeEmailDeps = HasClock & HasStore & HasRandom & HasSha256 & HasLimiter & HasHasher;

/** The new address and the current password. */
export interface ChangeEmail {
  readonly email: string;
  /** null where none was given: a recent sign-in does where the account has none. */
  readonly currentPassword: string | null;
  /** SHA-256 of the browser's cookie; null where it has none. */
  readonly browserHash: string | null;
  /** Whom limits count by address. */
  readonly addressKey: string;
}

/** Why nothing was sent. */
export type ChangeEmailError =
  | ProvePasswordError
  | InvalidFields
  | { readonly code: "session_ended" };

/** Sends the new address a link. */
export async function changeEmail(
  deps: ChangeEmailDeps,
  actor: UserActor,
  command: ChangeEmail,
): Promise<Result<null, ChangeEmailError>> {
  const email = checkEmail(command.email);
  if (!email.ok) return err({ code: "invalid_request", errors: [email.error] });
  const user = await deps.store.findUser(actor.userId);
  if (user === null) return err({ code: "session_ended" });
  const { currentPassword: password, addressKey } = command;
  const proven = await provePassword(deps, actor, { user, password, addressKey });
  if (!proven.ok) {
    if (proven.error.code === "wrong_password") await noteWrong(deps, actor, user);
    return proven;
  }
  const mayMail = (await deps.limiter.take("magic_link_account", emailKey(email.value))).ok;
  const at = deps.clock.now();
  const { browserHash } = command;
  return await send(deps, actor, { user, email: email.value, browserHash, mayMail, at });
}

async function send(
  deps: ChangeEmailDeps,
  actor: UserActor,
  given: {
    readonly user: User;
    readonly email: string;
    readonly browserHash: string | null;
    /** Whether the address was not sent its share of mails yet: it may be a stranger's. */
    readonly mayMail: boolean;
    readonly at: EpochMs;
  },
): Promise<Result<null, ChangeEmailError>> {
  const { user, email, browserHash, mayMail, at } = given;
  const token = newSecret(deps.random);
  const link = {
    tokenHash: deps.sha256(token),
    kind: "email_change",
    userId: user.id,
    email,
    browserHash,
    createdAt: at,
    expiresAt: after(at, VERIFY_LINK_MS),
  } as const;
  return await deps.store.write<Result<null, ChangeEmailError>>(async (tx) => {
    const event = { at, action: "profile_update", user } as const;
    const failed = (reason: string) => {
      const details = { field: "email", stage: "asked", reason };
      return eventOf(actor, { ...event, success: false, details });
    };
    if (await hasChangedMeanwhile(tx, actor, { user, at })) {
      return { value: err({ code: "session_ended" }), event: failed("changed_meanwhile") };
    }
    if (!mayMail) return { value: ok(null), event: failed("rate_limited") };
    const holder = await tx.findUserByEmail(email);
    if (holder !== null && emailKey(holder.email) !== emailKey(user.email)) {
      await tx.queueMail(holder.email, { kind: "signup_existing" }, at);
      return { value: ok(null), event: failed("address_taken") };
    }
    await tx.voidLinks(user.id, ["email_change"]);
    await tx.insertLink(link);
    const mail = { kind: "email_change_confirm", token, lifeMs: VERIFY_LINK_MS } as const;
    await tx.queueMail(email, mail, at);
    const details = { field: "email", stage: "asked", to: email };
    return { value: ok(null), event: eventOf(actor, { ...event, details }) };
  });
}

async function noteWrong(deps: HasClock & HasStore, actor: UserActor, user: User): Promise<void> {
  const at = deps.clock.now();
  const details = { field: "email", reason: "wrong_password" };
  await deps.store.write(async () => ({
    value: null,
    event: eventOf(actor, { at, action: "profile_update", user, success: false, details }),
  }));
}

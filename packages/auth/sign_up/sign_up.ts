/**
 * Asking for an account. The answer never tells whether the address has one: its owner is told by mail.
 *
 * @see OWASP Authentication Cheat Sheet, "Authentication and Error Messages" (account creation)
 * @module
 */

import { after, type EpochMs, err, ok, type Result, uuidV7 } from "@postern/std";
import type { Actor } from "../actor.ts";
import { eventOf } from "../events/event.ts";
import { SIGNUP_MS, VERIFY_LINK_MS } from "../lifetimes.ts";
import type { RateLimited } from "../limits/limiter.ts";
import { newSecret } from "../links/secret.ts";
import { checkPassword } from "../passwords/check_password.ts";
import type { HasherBusy } from "../passwords/ports.ts";
import type {
  HasClock,
  HasHasher,
  HasLimiter,
  HasPolicy,
  HasRandom,
  HasSha256,
  HasStore,
} from "../ports.ts";
import type { AuthTx } from "../store.ts";
import { checkEmail, emailKey } from "../users/check_email.ts";
import { checkName } from "../users/check_profile.ts";
import { checkUsername } from "../users/check_username.ts";
import type { FieldProblem, InvalidFields } from "../users/field_problem.ts";
import type { Signup, SignupId } from "./signup.ts";

/** What signing up needs. */
export interface SignUpDeps
  extends HasClock,
    HasStore,
    HasRandom,
    HasSha256,
    HasLimiter,
    HasHasher,
    HasPolicy {
  /** The salt, 16 bytes, that all signups of an address share, so that one computation checks them all. */
  readonly signupSalt: (emailKey: string) => Uint8Array;
}

/** Who wants an account. */
export interface SignUp {
  readonly email: string;
  readonly username: string;
  readonly password: string;
  readonly name: string | null;
  /** SHA-256 of the browser's cookie; null where it has none. */
  readonly browserHash: string | null;
  /** Whom limits count by address. */
  readonly addressKey: string;
}

/** Why no signup was taken. */
export type SignUpError =
  | { readonly code: "signup_closed" }
  | InvalidFields
  | HasherBusy
  | RateLimited;

/** Takes a signup, and sends its address a link. */
export async function signUp(
  deps: SignUpDeps,
  actor: Actor,
  command: SignUp,
): Promise<Result<null, SignUpError>> {
  if (deps.policy.signup === "closed") return err({ code: "signup_closed" });
  const checked = await check(deps, command);
  if (!checked.ok) return checked;
  const limited = await deps.limiter.take("signup_address", command.addressKey);
  if (!limited.ok) return limited;
  const { email, username, name } = checked.value;
  const hashed = await deps.hasher.hash(command.password, deps.signupSalt(emailKey(email)));
  if (!hashed.ok) return hashed;
  const at = deps.clock.now();
  const token = newSecret(deps.random);
  const signup: Signup = {
    id: uuidV7(deps.random, at) as SignupId,
    email,
    username,
    name,
    passwordHash: hashed.value,
    browserHash: command.browserHash,
    linkHash: deps.sha256(token),
    linkExpiresAt: after(at, VERIFY_LINK_MS),
    createdAt: at,
    expiresAt: after(at, SIGNUP_MS),
  };
  await deps.store.write(async (tx) => await keep(tx, actor, { signup, token, at }));
  return ok(null);
}

async function keep(
  tx: AuthTx,
  actor: Actor,
  made: { readonly signup: Signup; readonly token: string; readonly at: EpochMs },
) {
  const { signup, token, at } = made;
  const owner = await tx.findUserByEmail(signup.email);
  // Kept though nobody gets its link: a sign-in with its password is answered as any signup's is.
  await tx.insertSignup(signup);
  if (owner !== null) {
    await tx.queueMail(owner.email, { kind: "signup_existing" }, at);
    const details = { stage: "asked", reason: "address_taken" };
    return {
      value: null,
      event: eventOf(actor, { at, action: "signup", user: owner, success: false, details }),
    };
  }
  await tx.queueMail(signup.email, { kind: "verify_email", token, lifeMs: VERIFY_LINK_MS }, at);
  const details = { stage: "asked", username: signup.username };
  return { value: null, event: eventOf(actor, { at, action: "signup", details }) };
}

async function check(
  deps: HasStore & HasPolicy,
  command: SignUp,
): Promise<Result<{ email: string; username: string; name: string | null }, InvalidFields>> {
  const email = checkEmail(command.email);
  const username = checkUsername(command.username);
  const name = checkName(command.name);
  const errors: FieldProblem[] = [];
  if (!email.ok) errors.push(email.error);
  if (!username.ok) errors.push(username.error);
  else if ((await deps.store.findUserByUsername(username.value)) !== null) {
    errors.push({
      path: "username",
      code: "username_taken",
      detail: "This username is taken; choose another",
    });
  }
  if (!name.ok) errors.push(name.error);
  const about = { username: command.username, email: command.email, name: command.name ?? "" };
  const rules = {
    minLength: deps.policy.passwordMinLength,
    isCommon: deps.policy.isCommonPassword,
  };
  for (const failure of checkPassword(command.password, about, rules)) {
    errors.push({ path: "password", ...failure });
  }
  if (!email.ok || !username.ok || !name.ok || errors.length > 0) {
    return err({ code: "invalid_request", errors });
  }
  return ok({ email: email.value, username: username.value, name: name.value });
}

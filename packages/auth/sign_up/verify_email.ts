/**
 * Proving an address by the link that was sent to it.
 *
 * A signup becomes an account and signs in. From another browser than the one that asked, the
 * password of the signup is wanted: the owner of an address must not be made to confirm an account
 * that a stranger began, and knows the password of.
 *
 * @see OWASP Authentication Cheat Sheet; "pre-hijacked accounts" (Sudhodanan, Paverd, 2022), unexpired-session and trojan attacks
 * @module
 */

import { type EpochMs, err, ok, type Result } from "@postern/std";
import type { Actor } from "../actor.ts";
import { eventOf } from "../events/event.ts";
import type { RateLimited } from "../limits/limiter.ts";
import type { Link } from "../links/link.ts";
import type { HasherBusy } from "../passwords/ports.ts";
import type {
  HasClock,
  HasHasher,
  HasLimiter,
  HasPolicy,
  HasRandom,
  HasSha256,
  HasStore,
  HasTokens,
} from "../ports.ts";
import {
  completeSignIn,
  type Grant,
  mintPair,
  type SignedIn,
} from "../sign_in/complete_sign_in.ts";
import type { AuthTx } from "../store.ts";
import { checkUsername } from "../users/check_username.ts";
import type { FieldProblem, InvalidFields } from "../users/field_problem.ts";
import type { User } from "../users/user.ts";
import { confirmEmailChange } from "./_confirm_email_change.ts";
import type { Signup } from "./signup.ts";

/** What proving an address needs. */
export type VerifyEmailDeps = HasClock &
  HasStore &
  HasRandom &
  HasSha256 &
  HasLimiter &
  HasHasher &
  HasPolicy &
  HasTokens;

/** The link's token, and what may be asked for beside it. */
export interface VerifyEmail {
  readonly token: string;
  readonly password: string | null;
  readonly username: string | null;
  /** SHA-256 of the browser's cookie; null where it has none. */
  readonly browserHash: string | null;
}

/** Why nothing was proven. The link is not spent by any of these. */
export type VerifyEmailError =
  | { readonly code: "invalid_token" }
  | { readonly code: "confirm_password" }
  | { readonly code: "username_taken" }
  | { readonly code: "conflict" }
  /** New accounts are taken no more since the signup. */
  | { readonly code: "signup_closed" }
  | InvalidFields
  | HasherBusy
  | RateLimited;

/** What was proven: a new account that is signed in, or a new address of an old one. */
export type Verified =
  | { readonly kind: "signed_in"; readonly signedIn: SignedIn }
  | { readonly kind: "confirmed"; readonly user: User };

/** Spends a verification link. */
export async function verifyEmail(
  deps: VerifyEmailDeps,
  actor: Actor,
  command: VerifyEmail,
): Promise<Result<Verified, VerifyEmailError>> {
  const tokenHash = deps.sha256(command.token);
  const at = deps.clock.now();
  const signup = await deps.store.findSignupByLink(tokenHash);
  if (signup !== null && at < signup.linkExpiresAt) {
    return await verifySignup(deps, actor, { signup, command, at });
  }
  const link =
    (await deps.store.findLink(tokenHash, "email_change")) ??
    (await deps.store.findLink(tokenHash, "verify_email"));
  if (link === null || at >= link.expiresAt) return err({ code: "invalid_token" });
  return await verifyLink(deps, actor, { link, command, at });
}

async function verifySignup(
  deps: VerifyEmailDeps,
  actor: Actor,
  given: { readonly signup: Signup; readonly command: VerifyEmail; readonly at: EpochMs },
): Promise<Result<Verified, VerifyEmailError>> {
  const { signup, command, at } = given;
  if (deps.policy.signup === "closed") return err({ code: "signup_closed" });
  const username = chosenUsername(signup, command);
  if (!username.ok) return err({ code: "invalid_request", errors: [username.error] });
  const proof = {
    browserHash: signup.browserHash,
    passwordHash: signup.passwordHash,
    subject: signup.id,
  };
  const proven = await prove(deps, command, proof);
  if (!proven.ok) return proven;
  const keyId = deps.tokens.signingKeyId();
  const outcome = await deps.store.write(async (tx) => {
    const made = await makeUser(tx, { signup, username: username.value, at });
    if (!made.ok) {
      const details = { stage: "verified", reason: made.error.code };
      const event = eventOf(actor, { at, action: "signup", success: false, details });
      return { value: made as Result<Grant, VerifyEmailError>, event };
    }
    const user = made.value;
    const facts = { user, actor, kind: "browser", method: "email_link", at, keyId } as const;
    const grant = await completeSignIn(deps, tx, facts);
    const event = eventOf(actor, {
      at,
      action: "signup",
      user,
      isProven: true,
      details: { stage: "verified" },
    });
    return { value: ok(grant) as Result<Grant, VerifyEmailError>, event: [event, grant.event] };
  });
  if (!outcome.ok) return outcome;
  const signedIn = { ...outcome.value, tokens: await mintPair(deps, outcome.value) };
  return ok({ kind: "signed_in", signedIn });
}

async function makeUser(
  tx: AuthTx,
  given: { readonly signup: Signup; readonly username: string; readonly at: EpochMs },
): Promise<Result<User, VerifyEmailError>> {
  const { signup, username, at } = given;
  // Spent meanwhile, by a second click: the username is then taken by this very signup.
  if ((await tx.findSignupByLink(signup.linkHash)) === null) return err({ code: "invalid_token" });
  if ((await tx.findUserByUsername(username)) !== null) return err({ code: "username_taken" });
  const taken = await tx.takeSignup(signup.linkHash, at);
  if (taken === null) return err({ code: "invalid_token" });
  const inserted = await tx.insertUser({
    username,
    email: signup.email,
    emailVerified: true,
    name: signup.name,
    picture: null,
    passwordHash: signup.passwordHash,
    role: null,
    blockedAt: null,
    blockedUntil: null,
    blockReason: null,
    createdAt: at,
  });
  if (!inserted.ok) return err({ code: "invalid_token" });
  await tx.deleteSignupsOf(signup.email);
  return inserted;
}

async function verifyLink(
  deps: VerifyEmailDeps,
  actor: Actor,
  given: { readonly link: Link; readonly command: VerifyEmail; readonly at: EpochMs },
): Promise<Result<Verified, VerifyEmailError>> {
  const { link, command, at } = given;
  const user = await deps.store.findUser(link.userId);
  if (user === null) return err({ code: "invalid_token" });
  const proof = {
    browserHash: link.browserHash,
    passwordHash: user.passwordHash,
    subject: `user:${user.id}`,
  };
  const proven = await prove(deps, command, proof);
  if (!proven.ok) return proven;
  const confirmed = await deps.store.write(
    async (tx) => await confirmEmailChange(deps, tx, { actor, link, user, at }),
  );
  if (!confirmed.ok) return confirmed;
  return ok({ kind: "confirmed", user: confirmed.value });
}

/** Whoever opens a link from another browser than the one that asked for it must know the password. */
async function prove(
  deps: HasHasher & HasLimiter,
  command: VerifyEmail,
  proof: {
    readonly browserHash: string | null;
    readonly passwordHash: string | null;
    readonly subject: string;
  },
): Promise<Result<null, VerifyEmailError>> {
  if (proof.browserHash !== null && proof.browserHash === command.browserHash) return ok(null);
  if (command.password === null || proof.passwordHash === null)
    return err({ code: "confirm_password" });
  const limited = await deps.limiter.take("login_account", proof.subject);
  if (!limited.ok) return limited;
  const verified = await deps.hasher.verify(proof.passwordHash, command.password);
  if (!verified.ok) return verified;
  return verified.value.matches ? ok(null) : err({ code: "confirm_password" });
}

function chosenUsername(signup: Signup, command: VerifyEmail): Result<string, FieldProblem> {
  return command.username === null ? ok(signup.username) : checkUsername(command.username);
}

/**
 * Signing in with a password.
 *
 * One name, one password, and one write either way. A refusal costs two computations whatever is
 * found: one against the account and one against the signups that wait, an account or none. So an
 * answer tells nothing of whether an account exists before the password was right; nor does it
 * after a signup for an address that has an owner, who alone is told.
 *
 * @see OWASP Authentication Cheat Sheet, "Authentication and Error Messages"
 * @module
 */

import { decodeBase64Url, type EpochMs, err, ok, type Result } from "@postern/std";
import type { Actor } from "../actor.ts";
import { eventOf } from "../events/event.ts";
import type { RateLimited } from "../limits/limiter.ts";
import { lengthToKeep } from "../passwords/is_long_password.ts";
import type { HasherBusy } from "../passwords/ports.ts";
import type {
  HasClock,
  HasHasher,
  HasLimiter,
  HasRandom,
  HasSha256,
  HasStore,
  HasTokens,
} from "../ports.ts";
import type { Signup } from "../sign_up/signup.ts";
import { emailKey } from "../users/check_email.ts";
import { isBlocked, type User } from "../users/user.ts";
import { refuseOldPassword } from "./_refuse_old_password.ts";
import { refuseUnverified } from "./_refuse_unverified.ts";
import { completeSignIn, mintPair, type SignedIn } from "./complete_sign_in.ts";

/** What signing in needs. */
export type SignInDeps = HasClock &
  HasStore &
  HasRandom &
  HasSha256 &
  HasLimiter &
  HasHasher &
  HasTokens;

/** A name of the account, a password, and what will hold the session. */
export interface SignIn {
  /** Username or e-mail address. */
  readonly identifier: string;
  readonly password: string;
  readonly kind: "browser" | "api";
  /** Whom limits count by address. */
  readonly addressKey: string;
}

/** Why nobody was signed in. */
export type SignInError =
  | { readonly code: "invalid_credentials" }
  | { readonly code: "email_unverified" }
  | { readonly code: "blocked" }
  | { readonly code: "password_change_required" }
  | HasherBusy
  | RateLimited;

/** Longest name that is looked up, characters: the longest address. */
const IDENTIFIER_MAX_LENGTH = 254;

/** Length of a salt, bytes. RFC 9106, section 3.1. */
const SALT_BYTES = 16;

/**
 * How long the write of a good sign-in may wait for others to commit with. An answer takes 100 ms at the least,
 * so nobody waits longer; many who sign in at once share a commit. A refusal does not wait: behind a hash of
 * Django's, which takes longer than those 100 ms, the wait would show, and tell that there is one.
 */
const PATIENCE_MS = 60;

/** Signs in with a password. */
export async function signIn(
  deps: SignInDeps,
  actor: Actor,
  command: SignIn,
): Promise<Result<SignedIn, SignInError>> {
  const name = command.identifier.trim().slice(0, IDENTIFIER_MAX_LENGTH).toLowerCase();
  const limited = await takeLimits(deps, command.addressKey, name);
  if (!limited.ok) return limited;
  const busy = deps.hasher.busyNow();
  if (busy !== null) return err(busy);
  const at = deps.clock.now();
  const found = await lookUp(deps, name, at);
  const verified = await verify(deps, found, command.password);
  if (!verified.ok) return verified;
  const { user, signup, newHash } = verified.value;
  if (signup !== null) return await refuseUnverified(deps, actor, { user: null, signup, at });
  if (user === null)
    return await refuse(deps, actor, { user: found.user, reason: "wrong_password", at });
  if (isBlocked(user, at)) return await refuse(deps, actor, { user, reason: "blocked", at });
  if (!user.emailVerified) return await refuseUnverified(deps, actor, { user, signup, at });
  if (user.mustChangePassword) return await refuseOldPassword(deps, actor, { user, at });
  const keyId = deps.tokens.signingKeyId();
  const granted = await deps.store.write(async (tx) => {
    const fresh = await tx.findUser(user.id);
    const isUpgraded = newHash !== null && fresh?.passwordHash === newHash;
    const isSame = isUpgraded || fresh?.passwordHash === user.passwordHash;
    if (fresh === null || !isSame || isBlocked(fresh, at) || fresh.mustChangePassword) {
      return { value: null, event: failed(actor, { user, reason: "changed_meanwhile", at }) };
    }
    const passwordIsLong = lengthToKeep(fresh.role, command.password);
    if (newHash !== null && !isUpgraded) {
      await tx.updateUser(user.id, { passwordHash: newHash, passwordIsLong });
    } else if (fresh.role !== null && fresh.passwordIsLong !== passwordIsLong) {
      await tx.updateUser(user.id, { passwordIsLong });
    }
    const facts = { user: fresh, actor, kind: command.kind, method: "password", at, keyId };
    const grant = await completeSignIn(deps, tx, facts);
    return { value: grant, event: grant.event };
  }, PATIENCE_MS);
  if (granted === null) return err({ code: "invalid_credentials" });
  return ok({ ...granted, tokens: await mintPair(deps, granted) });
}

/** What a name leads to. */
interface Found {
  readonly user: User | null;
  readonly signups: readonly Signup[];
}

async function takeLimits(deps: HasLimiter, addressKey: string, name: string) {
  const byAddress = await deps.limiter.take("login_address", addressKey);
  if (!byAddress.ok) return byAddress;
  // By the name as typed, not by the account it leads to: sharing a count would tell that two names are one account.
  return await deps.limiter.take("login_account", name);
}

async function lookUp(deps: HasStore, name: string, at: EpochMs): Promise<Found> {
  if (name.includes("@")) {
    const [user, signups] = await Promise.all([
      deps.store.findUserByEmail(name),
      deps.store.findSignups({ email: emailKey(name) }, at),
    ]);
    return { user, signups };
  }
  const [user, signups] = await Promise.all([
    deps.store.findUserByUsername(name),
    deps.store.findSignups({ username: name }, at),
  ]);
  return { user, signups };
}

async function verify(deps: HasHasher & HasSha256, found: Found, password: string) {
  const stored = found.user?.passwordHash ?? null;
  const verification = await deps.hasher.verify(stored, password);
  if (!verification.ok) return verification;
  const { matches, outdated } = verification.value;
  if (!matches || stored === null) return await matchSignups(deps, found, password);
  if (!outdated) return ok({ user: found.user, signup: null, newHash: null });
  const hashed = await deps.hasher.hash(password, saltOfUpgrade(deps, stored));
  if (!hashed.ok) return hashed;
  return ok({ user: found.user, signup: null, newHash: hashed.value });
}

/** Signups of one address share their salt, so this is one computation; of one username, the newest address counts. */
async function matchSignups(deps: HasHasher, found: Found, password: string) {
  const newest = found.signups[0];
  const candidates = found.signups.filter(
    (signup) => emailKey(signup.email) === emailKey(newest?.email ?? ""),
  );
  const matching = await deps.hasher.matching(
    candidates.map((signup) => signup.passwordHash),
    password,
  );
  if (!matching.ok) return matching;
  const signup = candidates.find((candidate) => matching.value.includes(candidate.passwordHash));
  return ok({ user: null, signup: signup ?? null, newHash: null });
}

/**
 * The salt of the hash that replaces an old one: made of the old one, so that two sign-ins at once
 * come to the same hash, and neither takes the other for a change of the password.
 */
function saltOfUpgrade(deps: HasSha256, stored: string): Uint8Array {
  const digest = decodeBase64Url(deps.sha256(stored));
  if (digest === undefined) throw new TypeError("Cannot make a salt: the digest is not base64url");
  return digest.slice(0, SALT_BYTES);
}

type Reason = "wrong_password" | "blocked" | "changed_meanwhile";

function failed(actor: Actor, why: { user: User | null; reason: Reason; at: EpochMs }) {
  const reason =
    why.user === null && why.reason === "wrong_password" ? "unknown_account" : why.reason;
  return eventOf(actor, {
    at: why.at,
    action: "failed_login",
    user: why.user,
    success: false,
    details: { method: "password", reason },
  });
}

async function refuse(
  deps: HasStore,
  actor: Actor,
  why: {
    readonly user: User | null;
    readonly reason: "wrong_password" | "blocked";
    readonly at: EpochMs;
  },
): Promise<Result<never, SignInError>> {
  const code = why.reason === "blocked" ? "blocked" : "invalid_credentials";
  return await deps.store.write(async () => ({ value: err({ code }), event: failed(actor, why) }));
}

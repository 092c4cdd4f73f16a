/**
 * Making an account by an invitation. The link proves the address that it was sent to.
 *
 * @module
 */

import { type EpochMs, err, ok, type Result } from "@postern/std";
import type { Actor } from "../actor.ts";
import { eventOf } from "../events/event.ts";
import { checkPassword } from "../passwords/check_password.ts";
import type { HasherBusy } from "../passwords/ports.ts";
import type {
  HasClock,
  HasHasher,
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
import type { NewUser } from "../store.ts";
import { checkName } from "../users/check_profile.ts";
import { checkUsername } from "../users/check_username.ts";
import type { FieldProblem, InvalidFields } from "../users/field_problem.ts";

/** What accepting needs. */
export type AcceptInvitationDeps = HasClock &
  HasStore &
  HasRandom &
  HasSha256 &
  HasHasher &
  HasPolicy &
  HasTokens;

/** The link's token, and whom it makes. */
export interface AcceptInvitation {
  readonly token: string;
  readonly username: string;
  readonly password: string;
  readonly name: string | null;
}

/** Why there is no account. The link is not spent by any of these. */
export type AcceptInvitationError =
  | { readonly code: "invalid_token" }
  | { readonly code: "username_taken" }
  | InvalidFields
  | HasherBusy;

/** Makes the account, and signs in. */
export async function acceptInvitation(
  deps: AcceptInvitationDeps,
  actor: Actor,
  command: AcceptInvitation,
): Promise<Result<SignedIn, AcceptInvitationError>> {
  const tokenHash = deps.sha256(command.token);
  const invitation = await deps.store.findInvitation(tokenHash);
  if (invitation === null || deps.clock.now() >= invitation.expiresAt) {
    return err({ code: "invalid_token" });
  }
  const { email } = invitation;
  const checked = check(deps, command, email);
  if (!checked.ok) return checked;
  const hashed = await deps.hasher.hash(command.password);
  if (!hashed.ok) return hashed;
  const at = deps.clock.now();
  const user: NewUser = {
    ...checked.value,
    email,
    emailVerified: true,
    picture: null,
    passwordHash: hashed.value,
    role: null,
    blockedAt: null,
    blockedUntil: null,
    blockReason: null,
    createdAt: at,
  };
  const made = await write(deps, actor, { tokenHash, user, at });
  if (!made.ok) return made;
  return ok({ ...made.value, tokens: await mintPair(deps, made.value) });
}

async function write(
  deps: AcceptInvitationDeps,
  actor: Actor,
  given: { readonly tokenHash: string; readonly user: NewUser; readonly at: EpochMs },
): Promise<Result<Grant, AcceptInvitationError>> {
  const { tokenHash, at } = given;
  const keyId = deps.tokens.signingKeyId();
  const facts = { at, action: "signup" } as const;
  return await deps.store.write<Result<Grant, AcceptInvitationError>>(async (tx) => {
    // A second click: the username is then taken by this very invitation.
    const isOpen = (await tx.findInvitation(tokenHash)) !== null;
    const isTaken = isOpen && (await tx.findUserByUsername(given.user.username)) !== null;
    const isFree = (await tx.findUserByEmail(given.user.email)) === null;
    const isSpent = isOpen && isFree && !isTaken && (await tx.spendInvitation(tokenHash, at));
    const inserted = isSpent ? await tx.insertUser(given.user) : undefined;
    if (inserted?.ok !== true) {
      const code = isTaken ? "username_taken" : "invalid_token";
      const details = { stage: "invited", reason: code };
      return { value: err({ code }), event: eventOf(actor, { ...facts, success: false, details }) };
    }
    const user = inserted.value;
    await tx.deleteSignupsOf(user.email);
    const signIn = { user, actor, kind: "browser", method: "email_link", at, keyId } as const;
    const grant = await completeSignIn(deps, tx, signIn);
    const details = { stage: "invited" };
    const event = eventOf(actor, { ...facts, user, isProven: true, details });
    return { value: ok(grant), event: [event, grant.event] };
  });
}

function check(
  { policy }: HasPolicy,
  command: AcceptInvitation,
  email: string,
): Result<Pick<NewUser, "username" | "name">, InvalidFields> {
  const username = checkUsername(command.username);
  const name = checkName(command.name);
  const about = { username: command.username, email, name: command.name ?? "" };
  const rules = { minLength: policy.passwordMinLength, isCommon: policy.isCommonPassword };
  const errors: FieldProblem[] = [];
  for (const field of [username, name]) if (!field.ok) errors.push(field.error);
  for (const failure of checkPassword(command.password, about, rules)) {
    errors.push({ path: "password", ...failure });
  }
  if (!username.ok || !name.ok || errors.length > 0) {
    return err({ code: "invalid_request", errors });
  }
  return ok({ username: username.value, name: name.value });
}

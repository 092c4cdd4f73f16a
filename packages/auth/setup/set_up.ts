/**
 * Becoming an owner by the link that the server or its command line printed.
 *
 * The address proves itself by nothing but the link: who can read the server's output is believed, and
 * mail may not be set up yet.
 *
 * @module
 */

import { type EpochMs, err, ok, type Result } from "@postern/std";
import type { Actor } from "../actor.ts";
import { eventOf } from "../events/event.ts";
import { checkPassword } from "../passwords/check_password.ts";
import { ADMIN_PASSWORD_MIN_LENGTH } from "../passwords/limits.ts";
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
import type { AuthReads, NewUser } from "../store.ts";
import { checkEmail } from "../users/check_email.ts";
import { checkName } from "../users/check_profile.ts";
import { checkUsername } from "../users/check_username.ts";
import type { FieldProblem, InvalidFields } from "../users/field_problem.ts";

/** What becoming an owner needs. */
export type SetUpDeps = HasClock &
  HasStore &
  HasRandom &
  HasSha256 &
  HasHasher &
  HasPolicy &
  HasTokens;

/** The link's token, and whom it makes. */
export interface SetUp {
  readonly token: string;
  readonly email: string;
  readonly username: string;
  readonly password: string;
  readonly name: string | null;
}

/** Why nobody became an owner. The link is not spent by any of these. */
export type SetUpError = { readonly code: "invalid_token" } | InvalidFields | HasherBusy;

/** Makes an owner, and signs in. */
export async function setUp(
  deps: SetUpDeps,
  actor: Actor,
  command: SetUp,
): Promise<Result<SignedIn, SetUpError>> {
  const tokenHash = deps.sha256(command.token);
  const isOpen = await deps.store.isSetupLinkOpen(tokenHash, deps.clock.now());
  if (!isOpen) return err({ code: "invalid_token" });
  const checked = check(deps, command);
  if (!checked.ok) return checked;
  const hashed = await deps.hasher.hash(command.password);
  if (!hashed.ok) return hashed;
  const at = deps.clock.now();
  const owner = ownerOf(checked.value, { passwordHash: hashed.value, at });
  const made = await write(deps, actor, { tokenHash, owner, at });
  if (!made.ok) return made;
  return ok({ ...made.value, tokens: await mintPair(deps, made.value) });
}

async function write(
  deps: SetUpDeps,
  actor: Actor,
  given: { readonly tokenHash: string; readonly owner: NewUser; readonly at: EpochMs },
): Promise<Result<Grant, SetUpError>> {
  const { tokenHash, owner, at } = given;
  const keyId = deps.tokens.signingKeyId();
  return await deps.store.write<Result<Grant, SetUpError>>(async (tx) => {
    const taken = await findTaken(tx, owner);
    const isSpent = taken.length === 0 && (await tx.spendSetupLink(tokenHash, at));
    const inserted = isSpent ? await tx.insertUser(owner) : undefined;
    if (inserted?.ok !== true) {
      const error: SetUpError =
        taken.length > 0 ? { code: "invalid_request", errors: taken } : { code: "invalid_token" };
      const details = { stage: "set_up", reason: error.code };
      const event = eventOf(actor, { at, action: "signup", success: false, details });
      return { value: err(error), event };
    }
    const user = inserted.value;
    await tx.deleteSignupsOf(user.email);
    const facts = { user, actor, kind: "browser", method: "setup_link", at, keyId } as const;
    const grant = await completeSignIn(deps, tx, facts);
    const details = { stage: "set_up", role: user.role };
    const event = eventOf(actor, { at, action: "signup", user, isProven: true, details });
    return { value: ok(grant), event: [event, grant.event] };
  });
}

/** Whoever holds the link may learn which names are taken. */
async function findTaken(
  reads: Pick<AuthReads, "findUserByEmail" | "findUserByUsername">,
  { email, username }: Pick<NewUser, "email" | "username">,
): Promise<readonly FieldProblem[]> {
  const errors: FieldProblem[] = [];
  if ((await reads.findUserByEmail(email)) !== null) {
    errors.push({ path: "email", code: "email_invalid", detail: "An account has this address" });
  }
  if ((await reads.findUserByUsername(username)) !== null) {
    const detail = "This username is taken; choose another";
    errors.push({ path: "username", code: "username_taken", detail });
  }
  return errors;
}

interface Who {
  readonly email: string;
  readonly username: string;
  readonly name: string | null;
}

function check({ policy }: HasPolicy, command: SetUp): Result<Who, InvalidFields> {
  const email = checkEmail(command.email);
  const username = checkUsername(command.username);
  const name = checkName(command.name);
  const about = { username: command.username, email: command.email, name: command.name ?? "" };
  const rules = {
    minLength: Math.max(policy.passwordMinLength, ADMIN_PASSWORD_MIN_LENGTH),
    isCommon: policy.isCommonPassword,
  };
  const errors: FieldProblem[] = [];
  for (const field of [email, username, name]) if (!field.ok) errors.push(field.error);
  for (const failure of checkPassword(command.password, about, rules)) {
    errors.push({ path: "password", ...failure });
  }
  if (!email.ok || !username.ok || !name.ok || errors.length > 0) {
    return err({ code: "invalid_request", errors });
  }
  return ok({ email: email.value, username: username.value, name: name.value });
}

function ownerOf(who: Who, made: { readonly passwordHash: string; readonly at: EpochMs }): NewUser {
  return {
    ...who,
    emailVerified: true,
    picture: null,
    passwordHash: made.passwordHash,
    // The rules for an owner asked for that.
    passwordIsLong: true,
    role: "owner",
    blockedAt: null,
    blockedUntil: null,
    blockReason: null,
    createdAt: made.at,
  };
}

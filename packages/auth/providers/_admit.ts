/**
 * Whom a provider's word lets in: the user of the identity, the owner of the address, or a new user.
 *
 * An account whose address was never proven falls to whoever proves the address: all that was set on
 * it before goes, so that nobody who prepared it keeps a way in. An account with a role is had by its
 * address alone by nobody: whoever may edit providers could name one that vouches for any address.
 *
 * @see "Pre-hijacked accounts" (Sudhodanan, Paverd, 2022), classic-federated merge and unverified identity attacks
 * @module
 */

import { type EpochMs, err, ok, type Result } from "@postern/std";
import type { Actor } from "../actor.ts";
import { eventOf, type NewEvent } from "../events/event.ts";
import type { KeyId } from "../keys/key.ts";
import type {
  HasClock,
  HasPolicy,
  HasRandom,
  HasSealer,
  HasSha256,
  HasStore,
  HasTokens,
} from "../ports.ts";
import { completeSignIn, type Grant } from "../sign_in/complete_sign_in.ts";
import type { AuthTx, Written } from "../store.ts";
import { checkEmail, emailKey } from "../users/check_email.ts";
import { isBlocked, type User } from "../users/user.ts";
import { confirmSecret } from "./_confirm_secret.ts";
import { freeUsername } from "./_free_username.ts";
import { attachIdentity } from "./_link_identity.ts";
import type { AdmitError, Vouched } from "./_vouched.ts";

/** What admitting needs. */
export type AdmitDeps = HasClock &
  HasStore &
  HasRandom &
  HasSha256 &
  HasSealer &
  HasTokens &
  HasPolicy;

/** Finds or makes the user, and signs in. */
export async function admit(
  deps: AdmitDeps,
  actor: Actor,
  vouched: Vouched,
): Promise<Result<Grant, AdmitError>> {
  const keyId = deps.tokens.signingKeyId();
  return await deps.store.write<Result<Grant, AdmitError>>(async (tx) => {
    const provider = await tx.findProvider(vouched.provider.id);
    if (!provider?.isEnabled) return refusal(actor, vouched, { code: "provider_disabled" });
    const found = await findOrMake(deps, tx, { actor, vouched });
    if (!found.ok) return refusal(actor, vouched, found.error);
    const { user, events } = found.value;
    if (isBlocked(user, vouched.at)) return refusal(actor, vouched, { code: "blocked", user });
    const confirmed = await confirmSecret(tx, vouched, provider);
    const before = [...events, ...confirmed];
    return await signIn(deps, tx, { actor, vouched, user, events: before, keyId });
  });
}

interface Entering {
  readonly actor: Actor;
  readonly vouched: Vouched;
  readonly user: User;
  readonly events: readonly NewEvent[];
  readonly keyId: KeyId;
}

async function signIn(
  deps: AdmitDeps,
  tx: AuthTx,
  { actor, vouched, user, events, keyId }: Entering,
): Promise<Written<Result<Grant, AdmitError>>> {
  const method = vouched.provider.id;
  const facts = { user, actor, kind: "browser", method, at: vouched.at, keyId } as const;
  const grant = await completeSignIn(deps, tx, facts);
  const [first, ...rest] = [...events, grant.event];
  return { value: ok(grant), event: [first ?? grant.event, ...rest] };
}

interface FoundUser {
  readonly user: User;
  readonly events: readonly NewEvent[];
}

interface Looking {
  readonly actor: Actor;
  readonly vouched: Vouched;
}

type Refused = AdmitError & { readonly user?: User };

async function findOrMake(
  deps: AdmitDeps,
  tx: AuthTx,
  looking: Looking,
): Promise<Result<FoundUser, Refused>> {
  const { account } = looking.vouched;
  const known = await tx.findIdentityBySubject(account.issuer, account.subject);
  if (known !== null) {
    const user = await tx.findUser(known.userId);
    if (user === null) return err({ code: "provider_error" });
    if (!isBlocked(user, looking.vouched.at)) await attachIdentity(deps, tx, { ...looking, user });
    return ok({ user, events: [] });
  }
  const email = account.email === null ? null : checkEmail(account.email);
  if (email === null || !email.ok || !account.isEmailVerified) {
    return err({ code: "email_unverified" });
  }
  const owner = await tx.findUserByEmail(email.value);
  if (owner === null) return await makeUser(deps, tx, { ...looking, email: email.value });
  if (isBlocked(owner, looking.vouched.at)) return err({ code: "blocked", user: owner });
  if (owner.role !== null) return err({ code: "link_first", user: owner });
  if (owner.emailVerified) return await linkOwner(deps, tx, { ...looking, user: owner });
  return await takeOver(deps, tx, { ...looking, user: owner });
}

async function linkOwner(
  deps: AdmitDeps,
  tx: AuthTx,
  at: Looking & { readonly user: User },
): Promise<Result<FoundUser, Refused>> {
  const event = await attachIdentity(deps, tx, at);
  return ok({ user: at.user, events: event === null ? [] : [event] });
}

/** Password, sessions, links and identities of whoever was there before go. */
async function takeOver(
  deps: AdmitDeps,
  tx: AuthTx,
  at: Looking & { readonly user: User },
): Promise<Result<FoundUser, Refused>> {
  const { user, vouched } = at;
  await tx.endSessions({ userId: user.id }, vouched.at, "taken_over");
  await tx.deleteIdentitiesOf(user.id);
  await tx.voidLinks(user.id, ["verify_email", "reset_password", "email_change", "email_undo"]);
  await tx.deleteSignupsOf(user.email);
  const updated = await tx.updateUser(user.id, { passwordHash: null, emailVerified: true });
  if (!updated.ok) return err({ code: "provider_error" });
  const linked = await linkOwner(deps, tx, { ...at, user: updated.value });
  if (!linked.ok) return linked;
  const events = linked.value.events.map((event) => ({
    ...event,
    details: { ...event.details, took_over: true },
  }));
  return ok({ ...linked.value, events });
}

async function makeUser(
  deps: AdmitDeps,
  tx: AuthTx,
  at: Looking & { readonly email: string },
): Promise<Result<FoundUser, Refused>> {
  if (deps.policy.signup === "closed") return err({ code: "signup_closed" });
  const { actor, vouched, email } = at;
  const { account, provider } = vouched;
  const inserted = await tx.insertUser({
    username: await freeUsername(deps, tx, [account.login, emailKey(email).split("@")[0] ?? null]),
    email,
    emailVerified: true,
    name: account.name,
    picture: account.picture,
    passwordHash: null,
    role: null,
    blockedAt: null,
    blockedUntil: null,
    blockReason: null,
    createdAt: vouched.at,
  });
  if (!inserted.ok) return err({ code: "provider_error" });
  await tx.deleteSignupsOf(email);
  const user = inserted.value;
  const details = { stage: "verified", method: provider.id };
  const signup = eventOf(actor, {
    at: vouched.at,
    action: "signup",
    user,
    isProven: true,
    details,
  });
  const linked = await attachIdentity(deps, tx, { actor, vouched, user });
  return ok({ user, events: linked === null ? [signup] : [signup, linked] });
}

function refusal(
  actor: Actor,
  { provider, at }: Pick<Vouched, "provider"> & { readonly at: EpochMs },
  { code, user }: Refused,
): Written<Result<Grant, AdmitError>> {
  const details = { method: provider.id, reason: code };
  const facts = {
    at,
    action: "failed_login",
    user: user ?? null,
    success: false,
    details,
  } as const;
  return { value: err({ code }), event: eventOf(actor, facts) };
}

/** Notes that a visit came to nothing before anybody was known. */
export async function noteRefusedVisit(
  deps: HasClock & HasStore,
  actor: Actor,
  visit: { readonly providerId: string; readonly code: string },
): Promise<void> {
  const at = deps.clock.now();
  // The path may name a provider that is none; only names that are kept go into the log.
  const provider = await deps.store.findProvider(visit.providerId);
  const details = { method: provider?.id ?? "unknown", reason: visit.code };
  await deps.store.write(async () => ({
    value: null,
    event: eventOf(actor, { at, action: "failed_login", success: false, details }),
  }));
}

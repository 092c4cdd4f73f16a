/**
 * Refusing a sign-in with the right password to an address that is not proven yet, and sending a
 * new link.
 *
 * Whoever waits for an address that has an owner is answered alike, since any difference would tell
 * that there is one; the owner is told by mail, as at the signup. No address is sent more than its
 * share of these: the first signup for it may be a stranger's.
 *
 * @module
 */

import { after, type EpochMs, err, type Result } from "@postern/std";
import type { Actor } from "../actor.ts";
import { eventOf } from "../events/event.ts";
import { VERIFY_LINK_MS } from "../lifetimes.ts";
import { newSecret } from "../links/secret.ts";
import type { HasLimiter, HasRandom, HasSha256, HasStore } from "../ports.ts";
import type { Signup } from "../sign_up/signup.ts";
import type { AuthTx } from "../store.ts";
import { emailKey } from "../users/check_email.ts";
import type { User } from "../users/user.ts";

/** What refusing needs. */
export type RefuseUnverifiedDeps = HasStore & HasRandom & HasSha256 & HasLimiter;

/** Who gave the right password, and when. */
export interface Unverified {
  /** null where it is a signup that waits. */
  readonly user: User | null;
  readonly signup: Signup | null;
  readonly at: EpochMs;
}

/** Refuses, and sends a link to where the password was right. */
export async function refuseUnverified(
  deps: RefuseUnverifiedDeps,
  actor: Actor,
  { user, signup, at }: Unverified,
): Promise<Result<never, { readonly code: "email_unverified" }>> {
  const token = newSecret(deps.random);
  const link = { tokenHash: deps.sha256(token), expiresAt: after(at, VERIFY_LINK_MS), token, at };
  const key = emailKey(user?.email ?? signup?.email ?? "");
  const mayMail = (await deps.limiter.take("magic_link_account", key)).ok;
  return await deps.store.write(async (tx) => {
    const owner = user ?? (await tx.findUserByEmail(key));
    if (mayMail && user !== null) await sendUserLink(tx, user, link);
    else if (mayMail && owner !== null) await tx.queueMail(owner.email, TAKEN, at);
    else if (mayMail && signup !== null) await sendSignupLink(tx, signup, link);
    const reason = owner === user ? "email_unverified" : "address_taken";
    const event = eventOf(actor, {
      at,
      action: "failed_login",
      user: owner,
      success: false,
      details: { method: "password", reason },
    });
    return { value: err({ code: "email_unverified" }), event };
  });
}

const TAKEN = { kind: "signup_existing" } as const;

interface NewLink {
  readonly token: string;
  readonly tokenHash: string;
  readonly expiresAt: EpochMs;
  readonly at: EpochMs;
}

async function sendUserLink(tx: AuthTx, user: User, link: NewLink): Promise<void> {
  const { token, tokenHash, expiresAt, at } = link;
  await tx.voidLinks(user.id, ["verify_email"]);
  await tx.insertLink({
    tokenHash,
    kind: "verify_email",
    userId: user.id,
    email: user.email,
    browserHash: null,
    createdAt: at,
    expiresAt,
  });
  await tx.queueMail(user.email, { kind: "verify_email", token, lifeMs: VERIFY_LINK_MS }, at);
}

async function sendSignupLink(tx: AuthTx, signup: Signup, link: NewLink): Promise<void> {
  const { token, tokenHash, expiresAt, at } = link;
  await tx.renewSignupLink(signup.id, tokenHash, expiresAt);
  await tx.queueMail(signup.email, { kind: "verify_email", token, lifeMs: VERIFY_LINK_MS }, at);
}

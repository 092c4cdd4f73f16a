/**
 * A console exchanges its code for tokens, bound to the key that it proved to hold.
 *
 * A code that comes again ends what it was spent on: somebody else has it.
 *
 * @see RFC 6749, sections 4.1.3 and 10.5; RFC 7636, section 4.6; RFC 9449, section 5
 * @module
 */

import { type EpochMs, err, ok, type Result } from "@postern/std";
import type { Actor } from "../actor.ts";
import { eventOf } from "../events/event.ts";
import type { HasClock, HasRandom, HasSha256, HasStore, HasTokens } from "../ports.ts";
import { isLive } from "../sessions/session.ts";
import {
  completeSignIn,
  type Grant,
  mintPair,
  type SignedIn,
} from "../sign_in/complete_sign_in.ts";
import type { AuthTx } from "../store.ts";
import { isBlocked } from "../users/user.ts";
import { isVerifierOf } from "./code_challenge.ts";
import type { OauthCode } from "./oauth_code.ts";
import { refuseConsole } from "./refuse_console.ts";

/** What exchanging needs. */
export type ExchangeCodeDeps = HasClock & HasStore & HasRandom & HasSha256 & HasTokens;

/** A code, and what proves whose it is. */
export interface ExchangeCode {
  readonly code: string;
  readonly redirectUri: string;
  readonly verifier: string;
  /** Thumbprint of the key that the console proved to hold. */
  readonly thumbprint: string;
  /** Takes the proof of that key, which keeps it; `false` where it came before. Not called for rubbish. */
  readonly takeProof: () => Promise<boolean>;
}

/** The code is not good. Why is told to nobody. */
export interface InvalidGrant {
  readonly code: "invalid_token";
}

/** The proof came before. The code is as good as it was. */
export interface SeenProof {
  readonly code: "proof_seen";
}

/** Exchanges a code. */
export async function exchangeCode(
  deps: ExchangeCodeDeps,
  actor: Actor,
  command: ExchangeCode,
): Promise<Result<SignedIn, InvalidGrant | SeenProof>> {
  const at = deps.clock.now();
  const code = await deps.store.findOauthCode(deps.sha256(command.code));
  if (code === null) return err({ code: "invalid_token" });
  if (code.sessionId !== null) return await endReused(deps, actor, { code, at });
  const { codeChallenge, redirectUri } = code;
  const isOwn =
    redirectUri === command.redirectUri &&
    isVerifierOf(deps.sha256, codeChallenge, command.verifier);
  if (!isOwn) return err({ code: "invalid_token" });
  // After the code: who has none of ours makes no rows. RFC 9449, section 11.1.
  if (!(await command.takeProof())) return err({ code: "proof_seen" });
  const { thumbprint } = command;
  const made = await open(deps, actor, { code, thumbprint, at });
  if (made === "spent") return await endReused(deps, actor, { code, at });
  if (made === "refused") return err({ code: "invalid_token" });
  return ok({ ...made, tokens: await mintPair(deps, made) });
}

async function open(
  deps: ExchangeCodeDeps,
  actor: Actor,
  given: { readonly code: OauthCode; readonly thumbprint: string; readonly at: EpochMs },
): Promise<Grant | "spent" | "refused"> {
  const { code, thumbprint, at } = given;
  const keyId = deps.tokens.signingKeyId();
  return await deps.store.write<Grant | "spent" | "refused">(async (tx) => {
    const user = await tx.findUser(code.userId);
    const now = await tx.findOauthCode(code.codeHash);
    const isGood = user !== null && refuseConsole(user) === null && !isBlocked(user, at);
    const isAllowed = await isStillAllowed(tx, code, at);
    const isOpen = now !== null && now.sessionId === null && at < now.expiresAt;
    if (!isGood || !isAllowed || !isOpen) {
      const details = { kind: "console" };
      const event = eventOf(actor, { at, action: "failed_login", user, success: false, details });
      const isSpent = now !== null && now.sessionId !== null;
      return { value: isSpent ? "spent" : "refused", event };
    }
    const { signedInAt, stepUpFor } = code;
    const console = { thumbprint, signedInAt, stepUpFor };
    const facts = { user, actor, kind: "console", method: "console", at, keyId, console } as const;
    const grant = await completeSignIn(deps, tx, facts);
    await tx.spendOauthCode(code.codeHash, grant.session.id, at);
    return { value: grant, event: grant.event };
  });
}

/** A code is not good beyond the session that allowed it: whatever ended that one ends what was begun from it. */
async function isStillAllowed(
  tx: Pick<AuthTx, "findSession">,
  { allowedBy }: OauthCode,
  at: EpochMs,
): Promise<boolean> {
  const browser = allowedBy === null ? null : await tx.findSession(allowedBy);
  return browser !== null && isLive(browser.session, at);
}

async function endReused(
  deps: ExchangeCodeDeps,
  actor: Actor,
  given: { readonly code: OauthCode; readonly at: EpochMs },
): Promise<Result<never, InvalidGrant>> {
  const { code, at } = given;
  return await deps.store.write(async (tx) => {
    const spent = await tx.findOauthCode(code.codeHash);
    const id = spent?.sessionId ?? null;
    const ended = id === null ? [] : await tx.endSessions({ id }, at, "code_reuse");
    const user = await tx.findUser(code.userId);
    const details = { kind: "code", session: id, ended: ended.length > 0 };
    const event = eventOf(actor, { at, action: "token_reuse", user, success: false, details });
    return { value: err({ code: "invalid_token" as const }), event };
  });
}

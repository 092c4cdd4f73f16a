/**
 * Changing a refresh token for the next pair.
 *
 * Each works once. Presented again within ten seconds it is answered with the same successor: two
 * tabs did it at once, or an answer was lost. Later it is theft, and the session with all its
 * tokens ends.
 *
 * @see RFC 9700, section 4.14.2 (refresh token rotation)
 * @module
 */

import { type EpochMs, err, ok, type Result } from "@postern/std";
import type { Actor } from "../actor.ts";
import { eventOf } from "../events/event.ts";
import { REFRESH_REPLAY_MS } from "../lifetimes.ts";
import type { HasClock, HasDevices, HasRandom, HasSealer, HasStore, HasTokens } from "../ports.ts";
import { isLive, type SessionId } from "../sessions/session.ts";
import {
  mintAccess,
  mintPair,
  nextRefreshToken,
  type TokenPair,
} from "../sign_in/complete_sign_in.ts";
import type { SessionOfUser } from "../store.ts";
import { isBlocked } from "../users/user.ts";
import type { RefreshToken, RefreshTokenId } from "./refresh_token.ts";
import type { TokenError, VerifiedClaims } from "./tokens.ts";

/** What refreshing needs. */
export type RefreshDeps = HasClock & HasStore & HasRandom & HasTokens & HasSealer & HasDevices;

/** What came of verifying a refresh token, and what came beside it. */
export interface Refresh {
  /** Verified by the caller, who may have to know the session first; it is too dear to do twice. */
  readonly verified: Result<VerifiedClaims, TokenError>;
  /** The session of the cookie beside it; null where there was none, or none that is live. */
  readonly cookieSessionId: SessionId | null;
  /** Thumbprint of the key that the caller proved to hold; a console's token is good beside its own alone. */
  readonly thumbprint?: string;
}

/** Why there is no next pair. */
export type RefreshError =
  | { readonly code: "invalid_token" }
  | { readonly code: "token_expired" }
  | { readonly code: "session_ended" };

/** The next pair, and the session it belongs to. */
export interface Refreshed extends SessionOfUser {
  readonly tokens: TokenPair;
}

/** Changes a refresh token for the next pair. */
export async function refresh(
  deps: RefreshDeps,
  actor: Actor,
  command: Refresh,
): Promise<Result<Refreshed, RefreshError>> {
  if (!command.verified.ok) return command.verified;
  const claims = command.verified.value;
  if (claims.type !== "refresh") return err({ code: "invalid_token" });
  const at = deps.clock.now();
  const holder = await deps.store.findSession(claims.sessionId);
  if (holder === null || holder.user.id !== claims.userId) return err({ code: "invalid_token" });
  const isLiving = isLive(holder.session, at) && !isBlocked(holder.user, at);
  if (holder.session.console?.thumbprint !== command.thumbprint) {
    if (holder.session.console !== null && isLiving)
      await noteOtherKey(deps, actor, { holder, at });
    return err({ code: "invalid_token" });
  }
  if (!isLiving) return err({ code: "session_ended" });
  const isStray = command.cookieSessionId !== null && command.cookieSessionId !== claims.sessionId;
  const rotated = isStray ? null : await rotate(deps, { holder, claims, at });
  if (rotated !== null) return ok({ ...holder, tokens: rotated });
  return await refuseOrRepeat(deps, actor, { holder, claims, at, isStray });
}

/** What becomes of a token that was not the unused one of its session, or came beside another's cookie. */
async function refuseOrRepeat(
  deps: RefreshDeps,
  actor: Actor,
  given: {
    readonly holder: SessionOfUser;
    readonly claims: VerifiedClaims;
    readonly at: EpochMs;
    readonly isStray: boolean;
  },
): Promise<Result<Refreshed, RefreshError>> {
  const { holder, claims, at, isStray } = given;
  const token = await deps.store.findRefreshToken(claims.id as RefreshTokenId);
  const still = await deps.store.findSession(claims.sessionId);
  if (still === null || !isLive(still.session, at)) return err({ code: "session_ended" });
  if (useOf(token, at) === "stolen") return await endStolen(deps, actor, { holder, at });
  if (isStray) return err({ code: "invalid_token" });
  return await repeat(deps, { holder, claims, token });
}

/** A token that is not remembered was spent, longer ago than spent ones are remembered. */
function useOf(token: RefreshToken | null, at: EpochMs): "first" | "again" | "stolen" {
  if (token === null) return "stolen";
  if (token.spentAt === null) return "first";
  return at - token.spentAt <= REFRESH_REPLAY_MS ? "again" : "stolen";
}

async function rotate(
  deps: RefreshDeps,
  given: { readonly holder: SessionOfUser; readonly claims: VerifiedClaims; readonly at: EpochMs },
): Promise<TokenPair | null> {
  const { holder, claims, at } = given;
  const next = nextRefreshToken(deps, holder.session, { at, keyId: deps.tokens.signingKeyId() });
  const pair = await mintPair(deps, { ...holder, refresh: next });
  const won = await deps.store.bookkeeping.rotateRefreshToken({
    spend: claims.id as RefreshTokenId,
    at,
    sealedSuccessor: deps.sealer.seal(contextOf(claims.id), pair.refreshToken),
    next,
  });
  return won ? pair : null;
}

/** Answers with the successor that was handed out before, and a fresh access token. */
async function repeat(
  deps: RefreshDeps,
  given: {
    readonly holder: SessionOfUser;
    readonly claims: VerifiedClaims;
    readonly token: RefreshToken | null;
  },
): Promise<Result<Refreshed, RefreshError>> {
  const { holder, claims, token } = given;
  if (token === null || token.successor === null) return err({ code: "session_ended" });
  const refreshToken = deps.sealer.open(contextOf(claims.id), token.successor);
  if (refreshToken === null) return err({ code: "invalid_token" });
  const successor = await deps.tokens.verify(refreshToken, "refresh");
  if (!successor.ok) return successor;
  const at = deps.clock.now();
  const access = await mintAccess(deps, { ...holder, at });
  const tokens = { ...access, refreshToken, refreshExpiresAt: successor.value.expiresAt };
  return ok({ ...holder, tokens });
}

async function endStolen(
  deps: RefreshDeps,
  actor: Actor,
  given: { readonly holder: SessionOfUser; readonly at: EpochMs },
): Promise<Result<never, RefreshError>> {
  const { holder, at } = given;
  const { session, user } = holder;
  return await deps.store.write(async (tx) => {
    const ended = await tx.endSessions({ id: session.id }, at, "token_reuse");
    if (ended.length > 0) {
      const { username } = user;
      const device = deps.describeDevice(actor.userAgent);
      await tx.queueMail(
        user.email,
        { kind: "refresh_reuse", username, at, ip: actor.ip, device },
        at,
      );
    }
    const details = { session: session.id, ended: ended.length > 0 };
    const event = eventOf(actor, { at, action: "token_reuse", user, success: false, details });
    return { value: err({ code: "session_ended" as const }), event };
  });
}

/**
 * Somebody has a console's refresh token and not its key: it leaked. It is worth nothing to them, so nothing
 * ends, but whoever looks after this server should know.
 */
async function noteOtherKey(
  deps: HasStore,
  actor: Actor,
  { holder, at }: { readonly holder: SessionOfUser; readonly at: EpochMs },
): Promise<void> {
  const details = { kind: "other_key", session: holder.session.id, ended: false };
  const facts = { at, action: "token_reuse", user: holder.user, success: false, details } as const;
  await deps.store.write(async () => ({ value: null, event: eventOf(actor, facts) }));
}

function contextOf(tokenId: string): string {
  return `refresh:${tokenId}`;
}

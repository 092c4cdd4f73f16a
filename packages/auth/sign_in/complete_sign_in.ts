/**
 * The one end of every way in: it alone makes sessions.
 *
 * `completeSignIn` runs inside the transaction that decides; `mintPair` signs the tokens afterwards,
 * since signing is work and a transaction is no place for it.
 *
 * @module
 */

import { after, type EpochMs, epochMs, uuidV7 } from "@postern/std";
import type { Actor } from "../actor.ts";
import { eventOf, type NewEvent, USER_AGENT_MAX_LENGTH } from "../events/event.ts";
import type { KeyId } from "../keys/key.ts";
import { ACCESS_TOKEN_MS, REFRESH_TOKEN_MS } from "../lifetimes.ts";
import { newSecret } from "../links/secret.ts";
import type { HasRandom, HasSha256, HasTokens } from "../ports.ts";
import { openSession } from "../sessions/lucia_sessions.ts";
import {
  type ConsoleBinding,
  familyEndsAt,
  lifetimesOf,
  type Session,
  type SessionId,
  type SessionKind,
} from "../sessions/session.ts";
import type { AuthTx } from "../store.ts";
import type { RefreshToken, RefreshTokenId } from "../tokens/refresh_token.ts";
import type { User } from "../users/user.ts";

/** What signing in needs. */
export type CompleteSignInDeps = HasRandom & HasSha256;

/** Who signed in, how, and for what. */
export interface SignInFacts {
  readonly user: User;
  readonly actor: Actor;
  readonly kind: SessionKind;
  /** `password`, `email_link`, or a provider's id. */
  readonly method: string;
  readonly at: EpochMs;
  /** Key that will sign the tokens. */
  readonly keyId: KeyId;
  /** Only of consoles. */
  readonly console?: ConsoleBinding;
}

/** A session that was just made, before its tokens are signed. */
export interface Grant {
  readonly user: User;
  readonly session: Session;
  /** What the session's cookie carries. Shown once. */
  readonly secret: string;
  readonly refresh: RefreshToken;
  readonly event: NewEvent;
}

/** Tokens of a session, signed. */
export interface TokenPair {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly accessExpiresAt: EpochMs;
  readonly refreshExpiresAt: EpochMs;
}

/** A sign-in that is done: what the caller is answered with. */
export interface SignedIn {
  readonly user: User;
  readonly session: Session;
  readonly secret: string;
  readonly tokens: TokenPair;
}

/** Makes the session, its first refresh token and the event that tells of it. */
export async function completeSignIn(
  deps: CompleteSignInDeps,
  tx: Pick<AuthTx, "insertSession" | "insertRefreshToken">,
  facts: SignInFacts,
): Promise<Grant> {
  const { user, actor, at } = facts;
  const session: Session = {
    id: uuidV7(deps.random, at) as SessionId,
    userId: user.id,
    kind: facts.kind,
    method: facts.method,
    createdAt: at,
    seenAt: at,
    ...lifetimesOf(user.role),
    ip: actor.ip,
    userAgent: actor.userAgent?.slice(0, USER_AGENT_MAX_LENGTH) ?? null,
    endedAt: null,
    endReason: null,
    console: facts.console ?? null,
  };
  const secret = newSecret(deps.random);
  await openSession({ sha256: deps.sha256, tx }, session, secret);
  const refresh = nextRefreshToken(deps, session, { at, keyId: facts.keyId });
  await tx.insertRefreshToken(refresh);
  const details = { method: facts.method, session: session.id, kind: facts.kind };
  return {
    user,
    session,
    secret,
    refresh,
    event: eventOf(actor, { at, action: "login", user, isProven: true, details }),
  };
}

/** Makes the next refresh token of a session, not yet signed. It never outlives the session's family. */
export function nextRefreshToken(
  deps: HasRandom,
  session: Session,
  when: { readonly at: EpochMs; readonly keyId: KeyId },
): RefreshToken {
  return {
    id: uuidV7(deps.random, when.at) as RefreshTokenId,
    sessionId: session.id,
    keyId: when.keyId,
    issuedAt: when.at,
    expiresAt: earlier(after(when.at, REFRESH_TOKEN_MS), familyEndsAt(session)),
    spentAt: null,
    successor: null,
  };
}

/** Signs the pair of tokens of a session. */
export async function mintPair(
  deps: HasTokens & HasRandom,
  of: { readonly user: User; readonly session: Session; readonly refresh: RefreshToken },
): Promise<TokenPair> {
  const [access, refreshToken] = await Promise.all([
    mintAccess(deps, { user: of.user, session: of.session, at: of.refresh.issuedAt }),
    deps.tokens.sign(
      {
        type: "refresh",
        id: of.refresh.id,
        sessionId: of.session.id,
        userId: of.user.id,
        issuedAt: of.refresh.issuedAt,
        expiresAt: of.refresh.expiresAt,
      },
      of.refresh.keyId as KeyId,
    ),
  ]);
  return { ...access, refreshToken, refreshExpiresAt: of.refresh.expiresAt };
}

/** Signs an access token of a session. */
export async function mintAccess(
  deps: HasTokens & HasRandom,
  of: { readonly user: User; readonly session: Session; readonly at: EpochMs },
): Promise<Pick<TokenPair, "accessToken" | "accessExpiresAt">> {
  const accessExpiresAt = earlier(after(of.at, ACCESS_TOKEN_MS), familyEndsAt(of.session));
  const { session, user, at } = of;
  const shared = {
    id: uuidV7(deps.random, at),
    sessionId: session.id,
    userId: user.id,
    issuedAt: at,
    expiresAt: accessExpiresAt,
    username: user.username,
  };
  const accessToken = await deps.tokens.sign(
    session.console === null
      ? { ...shared, type: "access", email: user.email }
      : { ...shared, type: "console", console: session.console },
    deps.tokens.signingKeyId(),
  );
  return { accessToken, accessExpiresAt };
}

function earlier(a: EpochMs, b: EpochMs): EpochMs {
  return epochMs(Math.min(a, b));
}

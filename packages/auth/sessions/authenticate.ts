/**
 * Finds who a credential stands for, on the cold path: by its signature or its hash, and the store.
 *
 * @see RFC 6750, section 3.1 (error codes of bearer tokens)
 * @module
 */

import { err, ok, type Result } from "@postern/std";
import type { HasClock, HasSha256, HasStore, HasTokens } from "../ports.ts";
import type { SessionOfUser } from "../store.ts";
import type { VerifiedClaims } from "../tokens/tokens.ts";
import { isBlocked } from "../users/user.ts";
import { readSession } from "./lucia_sessions.ts";
import { isLive } from "./session.ts";

/** Why a credential stands for nobody. */
export type AuthenticateError =
  | { readonly code: "invalid_token" }
  | { readonly code: "token_expired" }
  | { readonly code: "session_ended" };

/** Whom an access token stands for, and what it says. */
export interface TokenHolder extends SessionOfUser {
  readonly claims: VerifiedClaims;
}

/** Finds who an access token stands for. */
export async function authenticateToken(
  deps: HasClock & HasStore & HasTokens,
  token: string,
): Promise<Result<TokenHolder, AuthenticateError>> {
  const verified = await deps.tokens.verify(token, "access");
  if (!verified.ok) return verified;
  const claims = verified.value;
  const found = await deps.store.findSession(claims.sessionId);
  const now = deps.clock.now();
  if (found === null || found.user.id !== claims.userId) return err({ code: "session_ended" });
  if (!isLive(found.session, now) || isBlocked(found.user, now))
    return err({ code: "session_ended" });
  return ok({ ...found, claims });
}

/** Finds who a session cookie stands for. */
export async function authenticateCookie(
  deps: HasClock & HasStore & HasSha256,
  secret: string,
): Promise<Result<SessionOfUser, AuthenticateError>> {
  const read = await readSession(
    {
      clock: deps.clock,
      sha256: deps.sha256,
      findSessionBySecret: (hash) => deps.store.findSessionBySecret(hash),
      touch: (id, at) => deps.store.bookkeeping.touchSessions(new Map([[id, at]])),
    },
    secret,
  );
  if (read === "unknown") return err({ code: "invalid_token" });
  if (read === "ended" || isBlocked(read.user, deps.clock.now()))
    return err({ code: "session_ended" });
  return ok(read);
}

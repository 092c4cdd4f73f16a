/**
 * Answers of the token endpoint.
 *
 * @see RFC 6749, sections 5.1 and 5.2; RFC 9449, section 5
 * @module
 */

import { familyEndsAt, type Session, signedInAt, type TokenPair, type User } from "@postern/auth";
import { type EpochMs, seconds } from "@postern/std";
import { type Reply, reply } from "../http/route.ts";
import { expiresIn } from "./_pair_shape.ts";

/** Why no token was given, in OAuth's words. */
export type OauthErrorCode =
  | "invalid_request"
  | "invalid_client"
  | "invalid_grant"
  | "invalid_dpop_proof"
  | "unsupported_grant_type";

const WORDS: Readonly<Record<OauthErrorCode, string>> = {
  invalid_request: "A field that this grant needs is missing",
  invalid_client: "There is no such client",
  invalid_grant: "The code or token is not good, was used before, or has run out; sign in again",
  invalid_dpop_proof: "Send a DPoP proof for this address and method, made now, and each once",
  unsupported_grant_type: "Use authorization_code or refresh_token",
};

/** Refuses. */
export function oauthError(error: OauthErrorCode): Reply {
  const status = error === "invalid_client" ? 401 : 400;
  return reply(status, { error, error_description: WORDS[error] }, { headers: NEVER_STORED });
}

/** A session with its tokens. */
interface Given {
  readonly user: User;
  readonly session: Session;
  readonly tokens: TokenPair;
}

/** Hands tokens out. */
export function consoleTokens(now: EpochMs, { user, session, tokens }: Given): Reply {
  const body = {
    access_token: tokens.accessToken,
    token_type: "DPoP",
    expires_in: expiresIn(now, tokens),
    refresh_token: tokens.refreshToken,
    auth_time: secondsOf(signedInAt(session)),
    session_expires_at: secondsOf(familyEndsAt(session)),
    user: { id: String(user.id), username: user.username, role: user.role },
  };
  return reply(200, body, { headers: NEVER_STORED });
}

/** RFC 6749, section 5.1 asks for both. */
const NEVER_STORED = { "Cache-Control": "no-store", Pragma: "no-cache" };

function secondsOf(at: EpochMs): number {
  return Math.floor(at / seconds(1));
}

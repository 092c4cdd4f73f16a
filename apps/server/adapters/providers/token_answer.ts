/**
 * What a token answer holds, read by arctic and judged here.
 *
 * @see RFC 6749, section 5.1; RFC 6750, section 2.1
 * @module
 */

import type { ProviderTokens } from "@postern/auth";
import { after, type Clock, ok, type Result, seconds } from "@postern/std";
import type { OAuth2Tokens } from "arctic";
import { TOKEN_MAX_LENGTH } from "./limits.ts";
import { type StepFailure, stepFailed } from "./step_failure.ts";

/** Reads tokens. Scopes that the answer does not name are `asked`. */
export function readTokens(
  clock: Clock,
  answer: OAuth2Tokens,
  asked: readonly string[],
): Result<ProviderTokens, StepFailure> {
  const type = textOf(() => answer.tokenType());
  const accessToken = textOf(() => answer.accessToken());
  const refreshToken = answer.hasRefreshToken() ? textOf(() => answer.refreshToken()) : null;
  // Whoever does not know a type must not use the token. Section 7.1.
  if (type?.toLowerCase() !== "bearer") return bad("token_type");
  if (accessToken === undefined || !isToken(accessToken)) return bad("access_token");
  if (refreshToken === undefined || (refreshToken !== null && !isToken(refreshToken))) {
    return bad("refresh_token");
  }
  const lifetimeMs = lifetimeOf(answer);
  if (lifetimeMs === undefined) return bad("expires_in");
  return ok({
    accessToken,
    refreshToken,
    expiresAt: lifetimeMs === null ? null : after(clock.now(), lifetimeMs),
    scopes: answer.hasScopes() ? scopesOf(answer) : asked,
  });
}

/** Reads the id token; `undefined` where there is none. */
export function idTokenIn(answer: OAuth2Tokens): string | undefined {
  return textOf(() => answer.idToken());
}

/** arctic throws where a field is missing or no text. */
function textOf(read: () => string): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** Printable ASCII, so that it can stand in a header and nothing can stand behind it. */
function isToken(text: string): boolean {
  return text.length <= TOKEN_MAX_LENGTH && /^[\x21-\x7e]+$/.test(text);
}

/** Longest lifetime that is believed, seconds: a century. */
const LIFETIME_MAX_S = 3_155_760_000;

/** Milliseconds; null where there is none to tell; `undefined` where it makes no sense. */
function lifetimeOf({ data }: OAuth2Tokens): number | null | undefined {
  const given: unknown = "expires_in" in data ? data.expires_in : undefined;
  if (given === undefined || given === null) return null;
  // Some providers write the number as text.
  const lifetime = typeof given === "string" && /^\d+$/.test(given) ? Number(given) : given;
  if (typeof lifetime !== "number" || !(lifetime >= 0 && lifetime <= LIFETIME_MAX_S)) {
    return undefined;
  }
  return Math.floor(seconds(lifetime));
}

/** GitHub puts commas between them, all others blanks. */
function scopesOf(answer: OAuth2Tokens): readonly string[] {
  return answer
    .scopes()
    .flatMap((scope) => scope.split(","))
    .filter((scope) => scope !== "");
}

function bad(why: string) {
  return stepFailed("token", "bad_answer", { why });
}

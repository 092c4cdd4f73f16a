/**
 * Reads what a console asks of the authorization endpoint.
 *
 * Two kinds of refusal: until client and redirect are known to be right nobody is sent anywhere;
 * afterwards the console is told, by its redirect.
 *
 * @see RFC 6749, sections 3.1 and 4.1; RFC 9700, sections 2.1 and 4.1; OpenID Connect Core 1.0, section 3.1.2.1 (`prompt`, `max_age`)
 * @module
 */

import { err, ok, type Result, seconds } from "@postern/std";
import { isChallenge } from "./code_challenge.ts";
import { isLoopbackRedirect } from "./loopback_redirect.ts";

/** The one client there is. */
const CONSOLE_CLIENT = "console";

/** Longest state that is given back, characters. */
const STATE_MAX_LENGTH = 512;

/** At most ten digits: three centuries of seconds. */
const MAX_AGE = /^[0-9]{1,10}$/;

/** What a console asks. */
export interface AuthorizationRequest {
  readonly redirectUri: string;
  /** Given back as it came. */
  readonly state: string;
  readonly codeChallenge: string;
  /** How old the sign-in may be, milliseconds; null: as old as its session. */
  readonly maxAgeMs: number | null;
}

/** Why it is refused. */
export type AuthorizationError =
  /** Shown to whoever sits there. Nobody is sent anywhere. */
  | { readonly code: "unknown_client" }
  | { readonly code: "bad_redirect" }
  /** Told to the console. */
  | {
      readonly code: "invalid_request" | "unsupported_response_type";
      readonly redirectUri: string;
      /** Null where it was missing, doubled or too long. */
      readonly state: string | null;
    };

/** Reads the parameters, each with all the values that it was sent with. */
export function checkAuthorization(
  valuesOf: (name: string) => readonly string[],
): Result<AuthorizationRequest, AuthorizationError> {
  if (only(valuesOf("client_id")) !== CONSOLE_CLIENT) return err({ code: "unknown_client" });
  const redirectUri = only(valuesOf("redirect_uri"));
  if (redirectUri === null || !isLoopbackRedirect(redirectUri))
    return err({ code: "bad_redirect" });
  const state = readState(only(valuesOf("state")));
  const told = { redirectUri, state };
  const responseType = only(valuesOf("response_type"));
  if (responseType === null || state === null) return err({ code: "invalid_request", ...told });
  if (responseType !== "code") return err({ code: "unsupported_response_type", ...told });
  const codeChallenge = only(valuesOf("code_challenge"));
  const isS256 = only(valuesOf("code_challenge_method")) === "S256";
  const maxAge = readMaxAge(valuesOf("max_age"), valuesOf("prompt"));
  if (!isS256 || codeChallenge === null || !isChallenge(codeChallenge) || !maxAge.ok) {
    return err({ code: "invalid_request", ...told });
  }
  return ok({ redirectUri, state, codeChallenge, maxAgeMs: maxAge.value });
}

/** A parameter's value, where it was sent once. RFC 6749, section 3.1: never more than once. */
function only(values: readonly string[]): string | null {
  return values.length === 1 ? (values[0] ?? null) : null;
}

function readState(text: string | null): string | null {
  return text === null || text === "" || text.length > STATE_MAX_LENGTH ? null : text;
}

function readMaxAge(
  maxAge: readonly string[],
  prompt: readonly string[],
): Result<number | null, null> {
  const isTwice = maxAge.length > 1 || prompt.length > 1;
  const [age] = maxAge;
  const [asked] = prompt;
  if (isTwice || (age !== undefined && !MAX_AGE.test(age))) return err(null);
  if (asked !== undefined && asked !== "login" && asked !== "consent") return err(null);
  if (asked === "login") return ok(0);
  return ok(age === undefined ? null : seconds(Number(age)));
}

/**
 * Reads what a console asks of the authorization endpoint.
 *
 * Two kinds of refusal: until client and redirect are known to be right nobody is sent anywhere;
 * afterwards the console is told, by its redirect.
 *
 * @see RFC 6749, sections 3.1 and 4.1; RFC 9700, sections 2.1 and 4.1; OpenID Connect Core 1.0, section 3.1.2.1 (`prompt`, `max_age`)
 * @module
 */

import { type EpochMs, epochMs, err, ok, type Result, type Sha256, seconds } from "@postern/std";
import { RECENT_SIGN_IN_MS } from "../lifetimes.ts";
import { isChallenge } from "./code_challenge.ts";
import { isLoopbackRedirect } from "./loopback_redirect.ts";
import { type AskedOperation, readOperation } from "./operation.ts";

/** The one client there is. */
export const CONSOLE_CLIENT = "console";

/** Longest state that is given back, characters. */
const STATE_MAX_LENGTH = 512;

/** At most ten digits: three centuries of seconds. */
const SECONDS = /^[0-9]{1,10}$/;

/** Milliseconds since the epoch: exact, so that a sign-in of the same second does not count as later. */
const MOMENT = /^[0-9]{1,14}$/;

/** What a console asks. */
export interface AuthorizationRequest {
  readonly redirectUri: string;
  /** Given back as it came. */
  readonly state: string;
  readonly codeChallenge: string;
  /** How old the sign-in may be, milliseconds; null: as old as its session. */
  readonly maxAgeMs: number | null;
  /** When the sign-in must have been, at the earliest; null: that does not matter. */
  readonly signedInAfter: EpochMs | null;
  /** Whether somebody must sign in before anything else. */
  readonly mustSignIn: boolean;
  /** The one operation that the sign-in is to be fresh for; null: for all. */
  readonly operation: AskedOperation | null;
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
  sha256: Sha256,
  sent: (name: string) => readonly string[],
): Result<AuthorizationRequest, AuthorizationError> {
  const valuesOf = (name: string) => withoutEmpty(sent(name));
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
  const age = readAge(valuesOf);
  const operation = readOperation(sha256, valuesOf("operation"), valuesOf("operation_input"));
  const isChallenged = isS256 && codeChallenge !== null && isChallenge(codeChallenge);
  if (!isChallenged || !age.ok || !operation.ok) return err({ code: "invalid_request", ...told });
  const { maxAgeMs, ...rest } = age.value;
  // What a stale sign-in allowed would be refused when it is used.
  const leastMs = operation.value === null ? null : RECENT_SIGN_IN_MS;
  const asked = { maxAgeMs: least(maxAgeMs, leastMs), ...rest, operation: operation.value };
  return ok({ redirectUri, state, codeChallenge, ...asked });
}

/** Tells whether a sign-in is as recent as a console asks. */
export function isRecentEnough(
  { maxAgeMs, signedInAfter }: Pick<AuthorizationRequest, "maxAgeMs" | "signedInAfter">,
  signedInAt: EpochMs,
  now: EpochMs,
): boolean {
  if (maxAgeMs !== null && now - signedInAt > maxAgeMs) return false;
  return signedInAfter === null || signedInAt >= signedInAfter;
}

/** One without a value is as good as none. RFC 6749, section 3.1. */
function withoutEmpty(values: readonly string[]): readonly string[] {
  return values.length === 1 && values[0] === "" ? [] : values;
}

/** A parameter's value, where it was sent once. RFC 6749, section 3.1: never more than once. */
function only(values: readonly string[]): string | null {
  return values.length === 1 ? (values[0] ?? null) : null;
}

function readState(text: string | null): string | null {
  return text === null || text.length > STATE_MAX_LENGTH ? null : text;
}

type Age = Pick<AuthorizationRequest, "maxAgeMs" | "signedInAfter" | "mustSignIn">;

/**
 * `prompt=login`, and `max_age=0` which means the same, are met by a sign-in after it was asked for. When that was, the page that sends somebody to
 * sign in adds itself, as `signed_in_after`: nobody but the console could gain by another time.
 */
function readAge(valuesOf: (name: string) => readonly string[]): Result<Age, null> {
  const [maxAge, prompt, signedInAfter] = ["max_age", "prompt", "signed_in_after"].map((name) =>
    readOptional(valuesOf(name)),
  );
  const isBad = [maxAge, prompt, signedInAfter].includes(null);
  const isNumber = (text: string | null | undefined, form: RegExp) => !text || form.test(text);
  const areNumbers = isNumber(maxAge, SECONDS) && isNumber(signedInAfter, MOMENT);
  if (isBad || !areNumbers || !["", "login", "consent"].includes(prompt ?? "")) return err(null);
  const after = signedInAfter ? epochMs(Number(signedInAfter)) : null;
  const isZero = maxAge ? Number(maxAge) === 0 : false;
  const isLogin = prompt === "login" || isZero;
  // No sign-in is of no age: one after it was asked for is as good.
  const isMet = isZero && after !== null;
  const maxAgeMs = maxAge && !isMet ? seconds(Number(maxAge)) : null;
  return ok({
    maxAgeMs: least(maxAgeMs, isLogin ? RECENT_SIGN_IN_MS : null),
    signedInAfter: after,
    mustSignIn: isLogin && after === null,
  });
}

/** Empty where it was not sent; null where it was sent twice. */
function readOptional(values: readonly string[]): string | null {
  return values.length === 0 ? "" : only(values);
}

function least(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

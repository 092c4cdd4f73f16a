/**
 * What a sign-in is made of, for its two routes.
 *
 * @module
 */

import { GUARDED_ANSWER_MS, type PasswordHasher, type SignInError } from "@postern/auth";
import type { Result } from "@postern/std";
import type { SignInOutcome } from "../metrics_port.ts";

interface Body {
  readonly identifier?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly username?: string | null | undefined;
  readonly password: string;
}

/** Takes the name under the first of its three keys that is there; the schema has seen to it that one is. */
export function identifierOf(body: Body): string {
  return body.identifier ?? body.email ?? body.username ?? "";
}

/** Shortest time of an answer: where it is a refusal, long enough to hide whose hash was compared. */
export function leastMsOf(hasher: PasswordHasher) {
  return (body: Body, isRefused: boolean): number =>
    isRefused
      ? Math.max(GUARDED_ANSWER_MS, hasher.refusalFloorMs(body.password))
      : GUARDED_ANSWER_MS;
}

/** Tells how an attempt to sign in ended, for the metrics. */
export function outcomeOf(result: Result<unknown, SignInError>): SignInOutcome {
  return result.ok ? "signed_in" : result.error.code;
}

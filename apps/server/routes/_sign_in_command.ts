/**
 * What a sign-in is made of, for its two routes.
 *
 * @module
 */

import { GUARDED_ANSWER_MS, type PasswordHasher, type SignInError } from "@postern/auth";
import { err, ok, type Result } from "@postern/std";
import type { RefusalError } from "../http/route.ts";
import type { SignInOutcome } from "../metrics_port.ts";

interface Body {
  readonly identifier?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly username?: string | null | undefined;
  readonly password: string;
}

/** Takes the name under any of its three keys; one of them must be there. */
export function identifierOf(body: Body): Result<string, RefusalError> {
  const identifier = body.identifier ?? body.email ?? body.username;
  if (identifier !== null && identifier !== undefined) return ok(identifier);
  const detail = "It is missing: a username or an e-mail address is expected";
  const errors = [{ path: "identifier", code: "invalid_request", detail } as const];
  return err({ code: "invalid_request", errors });
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

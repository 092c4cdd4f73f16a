/**
 * Looks whether a provider knows us, by a code that nobody was given: it must refuse the code, and not us.
 *
 * @module
 */

import type { OpenProvider, ProviderCheck } from "@postern/auth";
import type { Clock, Result } from "@postern/std";
import { decodeJwt } from "jose";
import { SECRET_ENDS_SOON_MS } from "./limits.ts";
import type { StepFailure } from "./step_failure.ts";
import { type Grant, NO_SIGNING_KEY } from "./token_endpoint.ts";

/** Tries one secret with one grant. */
export type TrySecret = (secret: string, grant: Grant) => Promise<Result<unknown, StepFailure>>;

/** Of the form of a code, and of a verifier, so that a provider has nothing else to complain of. */
const BAD_CODE = "this-code-was-never-given-to-anybody";
const VERIFIER = "this-verifier-belongs-to-no-visit-and-is-long-enough";

/**
 * Looks whether the secret is taken.
 *
 * @param redirectUri What the provider has registered for us.
 */
export async function checkClient(
  clock: Clock,
  provider: OpenProvider,
  attempt: { readonly redirectUri: string; readonly trySecret: TrySecret },
): Promise<ProviderCheck> {
  const grant = {
    grant_type: "authorization_code",
    code: BAD_CODE,
    redirect_uri: attempt.redirectUri,
    code_verifier: VERIFIER,
  };
  const verdictOn = async (secret: string) => verdict(await attempt.trySecret(secret, grant));
  const current = await verdictOn(provider.clientSecret);
  if (current.reason === "invalid_client" && provider.previousSecret !== null) {
    const previous = await verdictOn(provider.previousSecret);
    if (previous.ok) {
      return finding(false, "It refuses the current secret, and takes the one before");
    }
  }
  if (!current.ok) return finding(false, current.detail);
  return checkEnd(clock, provider.clientSecret) ?? finding(true, current.detail);
}

interface Verdict {
  readonly ok: boolean;
  readonly reason: StepFailure["reason"] | null;
  readonly detail: string;
}

function verdict(answered: Result<unknown, StepFailure>): Verdict {
  if (answered.ok) {
    return { ok: false, reason: null, detail: "It gave tokens for a code that nobody was given" };
  }
  const { reason, why, status } = answered.error;
  if (reason === "invalid_grant") return { ok: true, reason, detail: "It takes id and secret" };
  if (why === NO_SIGNING_KEY) {
    return { ok: false, reason, detail: "The secret has the form of a signing key, and is none" };
  }
  if (reason === "invalid_client") {
    return { ok: false, reason, detail: "It refuses id and secret" };
  }
  const seen = status === null ? why : `${why}, status ${status}`;
  return { ok: false, reason, detail: `It does not say whether it takes id and secret (${seen})` };
}

/** Some secrets say when they end: one for Apple that somebody else has signed is a JWT. */
function checkEnd(clock: Clock, secret: string): ProviderCheck | undefined {
  const end = endOf(secret);
  if (end === undefined || end - clock.now() >= SECRET_ENDS_SOON_MS) return undefined;
  return finding(false, `The secret ends on ${new Date(end).toISOString().slice(0, 10)}`);
}

/** When a secret ends, milliseconds since the epoch; `undefined` where it does not say. */
function endOf(secret: string): number | undefined {
  try {
    const { exp } = decodeJwt(secret);
    return exp === undefined || Math.abs(exp) > 1e11 ? undefined : exp * 1_000;
  } catch {
    return undefined;
  }
}

function finding(ok: boolean, detail: string): ProviderCheck {
  return { name: "client", ok, detail };
}

/**
 * Looks whether sign-in by a provider would work, without anybody signing in.
 *
 * Details are for people, in our words: nothing that a provider wrote is in them.
 *
 * @module
 */

import type { OpenProvider, ProviderCheck } from "@postern/auth";
import { type Clock, seconds } from "@postern/std";
import { checkClient } from "./client_check.ts";
import { githubEndpoint } from "./github.ts";
import { githubPlaces } from "./github_places.ts";
import { CLOCK_TOLERANCE_MS } from "./limits.ts";
import type { Metadata } from "./metadata.ts";
import { openidEndpoint } from "./openid.ts";
import type { SignInDeps } from "./sign_in_deps.ts";
import { isPassing, type StepFailure } from "./step_failure.ts";
import { type Grant, requestTokens, type TokenEndpoint } from "./token_endpoint.ts";

/** Looks at an OpenID provider. Where discovery fails, nothing else can be looked at. */
export async function checkOpenid(
  deps: SignInDeps,
  provider: OpenProvider,
  redirectUri: string,
): Promise<readonly ProviderCheck[]> {
  const found = await deps.discovery.metadata.reload(provider.issuer);
  if (!found.ok) return [{ name: "discovery", ok: false, detail: detailOf(found.error) }];
  const { metadata, date } = found.value;
  return [
    { name: "discovery", ok: true, detail: `It says that it is ${metadata.issuer}` },
    checkClock(deps.clock, date),
    await checkKeys(deps, metadata),
    await checkClientAt(deps, provider, {
      endpoint: openidEndpoint(provider, metadata),
      redirectUri,
    }),
  ];
}

/** Looks at a GitHub: it has no discovery and no keys, so that its API is looked at instead. */
export async function checkGithub(
  deps: SignInDeps,
  provider: OpenProvider,
  redirectUri: string,
): Promise<readonly ProviderCheck[]> {
  const answer = await deps.outgoing.send({ url: `${githubPlaces(provider).api}/meta` });
  if (!answer.ok) {
    return [
      { name: "discovery", ok: false, detail: `Its API does not answer (${answer.error.code})` },
    ];
  }
  const { status, date } = answer.value;
  const isUp = !isPassing(status);
  return [
    { name: "discovery", ok: isUp, detail: `Its API answers with status ${status}` },
    checkClock(deps.clock, date),
    await checkClientAt(deps, provider, { endpoint: githubEndpoint(provider), redirectUri }),
  ];
}

async function checkKeys(deps: SignInDeps, metadata: Metadata): Promise<ProviderCheck> {
  const keys = await deps.discovery.keys.reload(metadata);
  if (!keys.ok) return { name: "keys", ok: false, detail: detailOf(keys.error) };
  const { count } = keys.value;
  return { name: "keys", ok: count > 0, detail: count === 1 ? "1 key" : `${count} keys` };
}

function checkClientAt(
  deps: SignInDeps,
  provider: OpenProvider,
  at: { readonly endpoint: TokenEndpoint; readonly redirectUri: string },
): Promise<ProviderCheck> {
  const trySecret = (secret: string, grant: Grant) =>
    requestTokens(deps, at.endpoint, { grant, secret });
  return checkClient(deps.clock, provider, { redirectUri: at.redirectUri, trySecret });
}

/** What is not told apart, seconds: `Date` has whole seconds, and the answer was on its way for a while. */
const CLOCK_BLUR_S = 5;

/** Compares clocks. Beyond what is tolerated, good id tokens look as though they were of another time. */
function checkClock(clock: Clock, date: string | null): ProviderCheck {
  const theirs = date === null ? Number.NaN : Date.parse(date);
  if (Number.isNaN(theirs)) return { name: "clock", ok: true, detail: "It does not tell the time" };
  const aheadMs = theirs - clock.now();
  const apartS = Math.round(Math.abs(aheadMs) / seconds(1));
  const detail =
    apartS <= CLOCK_BLUR_S
      ? "Its clock is ours"
      : `Its clock is ${apartS} s ${aheadMs > 0 ? "ahead" : "behind"}`;
  return { name: "clock", ok: Math.abs(aheadMs) <= CLOCK_TOLERANCE_MS, detail };
}

function detailOf({ why, status }: StepFailure): string {
  return status === null
    ? `It cannot be used: ${why}`
    : `It cannot be used: ${why}, status ${status}`;
}

/**
 * Sending somebody to a provider, to sign in or to link an account.
 *
 * @see RFC 6749, section 4.1.1; RFC 7636, section 4.3; OpenID Connect Core 1.0, section 3.1.2.1
 * @module
 */

import { after, err, ok, type Result } from "@postern/std";
import type { UserActor } from "../actor.ts";
import { FLOW_MS } from "../lifetimes.ts";
import { newSecret } from "../links/secret.ts";
import type {
  HasClock,
  HasProviders,
  HasRandom,
  HasSealer,
  HasSha256,
  HasStore,
} from "../ports.ts";
import { flowContext } from "./flow.ts";
import type { ProviderFailure } from "./provider_client.ts";

/** What beginning a visit needs. */
export type BeginVisitDeps = HasClock & HasStore & HasRandom & HasSha256 & HasSealer & HasProviders;

/** Which provider, from which browser, and where to go afterwards. */
export interface BeginVisit {
  readonly providerId: string;
  /** The value of the browser's cookie for visits. */
  readonly browser: string;
  /** Checked by the caller: a path of ours, or a URL of an allowed origin. */
  readonly next: string;
  readonly redirectUri: string;
  /** Who links an account; null: somebody signs in. */
  readonly link: UserActor | null;
}

/** Why nobody was sent anywhere. */
export type BeginVisitError =
  | { readonly code: "not_found" }
  | { readonly code: "provider_disabled" }
  | ProviderFailure;

/** Begins a visit, and tells where to send the browser. */
export async function beginVisit(
  deps: BeginVisitDeps,
  command: BeginVisit,
): Promise<Result<string, BeginVisitError>> {
  const provider = await deps.store.findProvider(command.providerId);
  if (provider === null) return err({ code: "not_found" });
  if (!provider.isEnabled) return err({ code: "provider_disabled" });
  const state = newSecret(deps.random);
  const codeVerifier = newSecret(deps.random);
  const nonce = newSecret(deps.random);
  const { redirectUri, link } = command;
  const visit = { state, codeVerifier, nonce, redirectUri };
  const url = await deps.providerClient.authorizationUrl(provider, visit);
  if (!url.ok) return url;
  const at = deps.clock.now();
  const stateHash = deps.sha256(state);
  await deps.store.bookkeeping.keepFlow({
    stateHash,
    providerId: provider.id,
    issuer: provider.issuer,
    sealedSecrets: deps.sealer.seal(
      flowContext(stateHash),
      JSON.stringify({ codeVerifier, nonce }),
    ),
    browserHash: deps.sha256(command.browser),
    next: command.next,
    link: link === null ? null : { userId: link.userId, sessionId: link.sessionId },
    createdAt: at,
    expiresAt: after(at, FLOW_MS),
  });
  return ok(url.value);
}

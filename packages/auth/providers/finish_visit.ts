/**
 * Somebody comes back from a provider: signs in, signs up, or links an account.
 *
 * The state says which browser began, at which provider and issuer; all must be the same again. An
 * identity is known by issuer and subject. An address counts only where the provider has verified it.
 *
 * @see RFC 9700, sections 4.4 (mix-up), 4.7 (CSRF); RFC 9207; OpenID Connect Core 1.0, section 5.7
 * @module
 */

import { err, ok, type Result } from "@postern/std";
import type { Actor } from "../actor.ts";
import type {
  HasClock,
  HasPolicy,
  HasProviders,
  HasRandom,
  HasSealer,
  HasSha256,
  HasStore,
  HasTokens,
} from "../ports.ts";
import type { SessionId } from "../sessions/session.ts";
import { mintPair, type SignedIn } from "../sign_in/complete_sign_in.ts";
import { admit, noteRefusedVisit } from "./_admit.ts";
import { linkIdentity } from "./_link_identity.ts";
import { openProvider } from "./_open_provider.ts";
import type { AdmitError, Vouched } from "./_vouched.ts";
import { type Flow, flowContext } from "./flow.ts";
import type { ProviderFailure } from "./provider_client.ts";

/** What finishing a visit needs. */
export type FinishVisitDeps = HasClock &
  HasStore &
  HasRandom &
  HasSha256 &
  HasSealer &
  HasTokens &
  HasPolicy &
  HasProviders;

/** What the browser brought back. */
export interface FinishVisit {
  /** The provider in the path. */
  readonly providerId: string;
  readonly state: string | null;
  readonly code: string | null;
  /** The provider's `error`; null where it sent none. */
  readonly error: string | null;
  /** The provider's `iss`; null where it sent none. */
  readonly issuer: string | null;
  /** The value of the browser's cookie for visits; null where it has none. */
  readonly browser: string | null;
  /** The session that is live in this browser; null: none. */
  readonly sessionId: SessionId | null;
  readonly redirectUri: string;
}

/** What a visit came to, and where to go. */
export type Visited =
  | { readonly kind: "signed_in"; readonly signedIn: SignedIn; readonly next: string }
  | { readonly kind: "linked"; readonly next: string };

/** Why a visit came to nothing. */
export type FinishVisitError = AdmitError | { readonly code: "access_denied" | "state_mismatch" };

/** Finishes a visit. */
export async function finishVisit(
  deps: FinishVisitDeps,
  actor: Actor,
  command: FinishVisit,
): Promise<Result<Visited, FinishVisitError>> {
  const vouched = await vouch(deps, command);
  if (!vouched.ok) {
    const { code } = vouched.error;
    await noteRefusedVisit(deps, actor, { providerId: command.providerId, code });
    return vouched;
  }
  const { flow } = vouched.value;
  if (flow.link !== null) {
    const linked = await linkIdentity(deps, actor, vouched.value);
    return linked.ok ? ok({ kind: "linked", next: flow.next }) : linked;
  }
  const admitted = await admit(deps, actor, vouched.value);
  if (!admitted.ok) return admitted;
  const tokens = await mintPair(deps, admitted.value);
  return ok({ kind: "signed_in", signedIn: { ...admitted.value, tokens }, next: flow.next });
}

async function vouch(
  deps: FinishVisitDeps,
  command: FinishVisit,
): Promise<Result<Vouched, FinishVisitError>> {
  const flow = await takeFlow(deps, command);
  if (flow === null) return err({ code: "state_mismatch" });
  const provider = await deps.store.findProvider(flow.providerId);
  if (provider === null || !provider.isEnabled) return err({ code: "provider_disabled" });
  if (provider.issuer !== flow.issuer) return err({ code: "state_mismatch" });
  const { code, redirectUri, issuer } = command;
  if (command.error !== null || code === null) {
    const theirs = await deps.providerClient.checkIssuer(provider, issuer);
    return err({ code: theirs.ok ? refusalOf(command.error) : failureOf(theirs.error) });
  }
  const open = openProvider(deps.sealer, provider);
  const secrets = deps.sealer.open(flowContext(flow.stateHash), flow.sealedSecrets);
  if (open === null || secrets === null) return err({ code: "provider_error" });
  const { codeVerifier, nonce } = JSON.parse(secrets) as { codeVerifier: string; nonce: string };
  const returned = { code, codeVerifier, nonce, redirectUri, issuer };
  const exchanged = await deps.providerClient.exchange(open, returned);
  if (!exchanged.ok) return err({ code: failureOf(exchanged.error) });
  return ok({ flow, provider, ...exchanged.value, at: deps.clock.now() });
}

/** Words for "they would rather not": the standard's, and Apple's. */
const DENIED: ReadonlySet<string> = new Set(["access_denied", "user_cancelled_authorize"]);

/** Neither an error nor a code: null. */
function refusalOf(error: string | null): "access_denied" | "provider_error" {
  return error !== null && DENIED.has(error) ? "access_denied" : "provider_error";
}

function failureOf({ reason }: ProviderFailure): "state_mismatch" | "provider_error" {
  return reason === "wrong_issuer" ? "state_mismatch" : "provider_error";
}

/** Spends the state. What does not fit is as good as none, and the state is spent all the same. */
async function takeFlow(deps: FinishVisitDeps, command: FinishVisit): Promise<Flow | null> {
  if (command.state === null || command.browser === null) return null;
  const flow = await deps.store.bookkeeping.takeFlow(deps.sha256(command.state), deps.clock.now());
  if (flow === null || flow.providerId !== command.providerId) return null;
  if (flow.browserHash !== deps.sha256(command.browser)) return null;
  if (flow.link !== null && flow.link.sessionId !== command.sessionId) return null;
  return flow;
}

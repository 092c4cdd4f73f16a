/**
 * A provider client as the server has it, a provider of a peer, and visits to it without a browser.
 *
 * @module
 */

import type { OpenProvider, ProviderClient } from "@postern/auth";
import { createProviderClient } from "@postern/server/adapters/providers/create_provider_client.ts";
import { createOutgoing } from "@postern/server/adapters/providers/outgoing.ts";
import { type Clock, type EpochMs, epochMs } from "@postern/std";
import { followVisit } from "./follow_visit.ts";
import type { GithubPeer } from "./github_peer.ts";
import type { OidcPeer } from "./oidc_peer.ts";

/** Where browsers reach the server that is not there. */
const PUBLIC_URL = "http://localhost:8000";

/** A clock that can be put forward. */
export interface MovableClock extends Clock {
  advance(ms: number): void;
}

/** A client, and what it said. */
export interface ClientAtWork {
  readonly client: ProviderClient;
  readonly clock: MovableClock;
  /** Everything that it logged. */
  readonly log: readonly unknown[];
}

/** How the client is to be. */
export interface ClientOptions {
  readonly publicUrl?: string;
  readonly timeoutMs?: number;
}

/** Makes a client with the server's own parts. */
export function clientAtWork({
  publicUrl = PUBLIC_URL,
  timeoutMs,
}: ClientOptions = {}): ClientAtWork {
  const log: unknown[] = [];
  let offset = 0;
  const clock: MovableClock = {
    now: () => epochMs(Date.now() + offset),
    advance(ms) {
      offset += ms;
    },
  };
  const outgoing = createOutgoing({
    mayUseLoopback: publicUrl.startsWith("http:"),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
  const warn = (message: string, fields?: unknown) => void log.push(message, fields);
  return {
    client: createProviderClient({ clock, log: { warn }, outgoing, publicUrl }),
    clock,
    log,
  };
}

/** A provider of a peer that speaks OpenID. What is not given is as it should be. */
export function openidProvider(peer: OidcPeer, given: Partial<OpenProvider> = {}): OpenProvider {
  const provider = {
    ...COMMON,
    id: "acme",
    kind: "oidc" as const,
    issuer: peer.issuer,
    clientId: peer.clientId,
    clientSecret: peer.clientSecret,
    scopes: ["openid", "email", "profile"],
    ...given,
  };
  peer.allow(callbackOf(provider));
  return provider;
}

/** A provider of a peer that speaks as GitHub does. */
export function githubProvider(peer: GithubPeer, given: Partial<OpenProvider> = {}): OpenProvider {
  return {
    ...COMMON,
    id: "github",
    kind: "github",
    issuer: peer.origin,
    clientId: peer.clientId,
    clientSecret: peer.clientSecret,
    scopes: ["read:user", "user:email"],
    ...given,
  };
}

const COMMON = {
  name: "Peer",
  isEnabled: true,
  leaving: null,
  source: "env",
  createdAt: 0 as EpochMs,
  updatedAt: 0 as EpochMs,
  previousSecret: null,
} as const;

/** The callback of a provider. */
export function callbackOf({ id }: Pick<OpenProvider, "id">): string {
  return `${PUBLIC_URL}/accounts/${id}/login/callback`;
}

/** What a visitor came back with, beside what was kept for the visit. */
export type Back = Parameters<ProviderClient["exchange"]>[1];

let visits = 0;

/** Goes to a provider and comes back. */
export async function goAndComeBack(client: ProviderClient, provider: OpenProvider): Promise<Back> {
  visits += 1;
  const visit = {
    state: `state-of-visit-${visits}`,
    codeVerifier: `verifier-of-visit-${visits}`.padEnd(43, "v"),
    nonce: `nonce-of-visit-${visits}`,
    redirectUri: callbackOf(provider),
  };
  const url = await client.authorizationUrl(provider, visit);
  if (!url.ok) throw new Error(`Cannot go to the provider: ${url.error.reason}`);
  const { searchParams } = await followVisit(url.value, visit.redirectUri);
  if (searchParams.get("state") !== visit.state) throw new Error("Another state came back");
  const { state: _, ...kept } = visit;
  return { ...kept, code: searchParams.get("code") ?? "", issuer: searchParams.get("iss") };
}

/** Goes to a provider, comes back, and changes what came for an account. */
export async function signInBy(
  client: ProviderClient,
  provider: OpenProvider,
): ReturnType<ProviderClient["exchange"]> {
  return await client.exchange(provider, await goAndComeBack(client, provider));
}

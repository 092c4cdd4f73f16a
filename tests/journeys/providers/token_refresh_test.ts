/**
 * Tokens that are refreshed ahead of their end: against a real OpenID provider, with a clock that is put forward.
 *
 * @module
 */

import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "bun:test";
import {
  eventOf,
  type IdentityTokens,
  type ProviderPatch,
  providerContext,
  refreshDueTokens,
  SYSTEM,
  tokenContext,
} from "@postern/auth";
import { days, epochMs, hours, minutes } from "@postern/std";
import { type OidcPeer, startOidcPeer } from "../../support/oidc_peer.ts";
import {
  type ClientAtWork,
  clientAtWork,
  openidProvider,
  signInBy,
} from "../../support/provider_visit.ts";
import { openSealedTokens, type SealedTokens } from "../../support/sealed_tokens.ts";

/** What the peer's access tokens live. */
const PEER_TOKEN_MS = hours(1);

const PROVIDER = "acme";

let peer: OidcPeer;
let work: ClientAtWork;
let sealed: SealedTokens;

beforeAll(async () => {
  peer = await startOidcPeer();
  peer.people.set("ada", { sub: "ada", email: "ada@people.example", email_verified: true });
  peer.signInAs("ada");
});

beforeEach(async () => {
  work = clientAtWork();
  sealed = await openSealedTokens(12, peer.issuer);
  const { rings } = sealed.core;
  const sealedSecret = rings.sealer.seal(providerContext(PROVIDER), peer.clientSecret);
  await edit({ clientId: peer.clientId, sealedSecret });
});

afterEach(async () => {
  peer.behave();
  await sealed[Symbol.asyncDispose]();
});

afterAll(async () => {
  await peer.close();
});

async function edit(patch: ProviderPatch): Promise<void> {
  await sealed.core.store.write(async (tx) => {
    const at = sealed.core.clock.now();
    await tx.updateProvider(PROVIDER, patch, at);
    return { value: null, event: eventOf(SYSTEM, { at, action: "admin.providers.update" }) };
  });
}

/** Signs in at the peer so often, and keeps what came as tokens of identities; due, where nothing is said. */
async function keepTokens(count: number, given: Partial<IdentityTokens> = {}): Promise<void> {
  const { store, rings } = sealed.core;
  for (const id of sealed.identities.slice(0, count)) {
    const signedIn = await signInBy(work.client, openidProvider(peer));
    if (!signedIn.ok) throw new Error("Nobody signed in");
    const { accessToken, refreshToken, expiresAt, scopes } = signedIn.value.tokens;
    const tokens: IdentityTokens = {
      identityId: id,
      sealedAccess: rings.sealer.seal(tokenContext(id, "access"), accessToken),
      sealedRefresh: rings.sealer.seal(tokenContext(id, "refresh"), refreshToken ?? ""),
      expiresAt,
      scopes,
      generation: 1,
      refreshAt: work.clock.now(),
      ...given,
    };
    await store.write(async (tx) => {
      await tx.saveIdentityTokens(tokens);
      const at = work.clock.now();
      return { value: null, event: eventOf(SYSTEM, { at, action: "oauth_link" }) };
    });
  }
}

async function refreshDue(isStopped = () => false) {
  const { store, random, rings } = sealed.core;
  const { client: providerClient, clock } = work;
  return await refreshDueTokens(
    { store, random, sealer: rings.sealer, providerClient, clock },
    { isStopped },
  );
}

async function tokensOf(index = 0): Promise<IdentityTokens> {
  const id = sealed.identities[index];
  const tokens = id === undefined ? null : await sealed.core.store.findIdentityTokens(id);
  if (tokens === null) throw new Error("There are no tokens");
  return tokens;
}

function refreshesSince(before: number): number {
  const calls = peer.calls.slice(before);
  return calls.filter(({ path, body }) => path === "/token" && body.includes("refresh_token"))
    .length;
}

test("what is due is refreshed before it runs out, and what is not, or never runs out, is left alone", async () => {
  await keepTokens(3, { refreshAt: null });
  await keepTokens(2);
  await keepTokens(1, { refreshAt: epochMs(work.clock.now() + minutes(50)) });
  const calls = peer.calls.length;
  expect(await refreshDue()).toEqual({ refreshed: 1, revoked: 0, failed: 0 });
  expect(refreshesSince(calls)).toBe(1);
  const tokens = await tokensOf(1);
  const now = work.clock.now();
  expect(tokens.generation).toBe(2);
  const aheadMs = (tokens.expiresAt ?? 0) - (tokens.refreshAt ?? 0);
  expect(aheadMs).toBeGreaterThanOrEqual(minutes(5));
  expect(aheadMs).toBeLessThanOrEqual(minutes(10));
  expect(tokens.expiresAt ?? 0).toBeGreaterThan(now + PEER_TOKEN_MS - minutes(5));
  // Once more when its time has come, by the refresh token that it has now.
  work.clock.advance(minutes(56));
  expect(await refreshDue()).toEqual({ refreshed: 2, revoked: 0, failed: 0 });
  expect([(await tokensOf(0)).generation, (await tokensOf(1)).generation]).toEqual([2, 3]);
  expect((await tokensOf(2)).generation).toBe(1);
});

test("of rounds at once each token is refreshed by one, and each refresh token goes out once", async () => {
  await keepTokens(12);
  const calls = peer.calls.length;
  const rounds = await Promise.all([refreshDue(), refreshDue(), refreshDue()]);
  const refreshed = rounds.map((round) => round.refreshed).reduce((sum, count) => sum + count);
  expect([refreshed, refreshesSince(calls)]).toEqual([12, 12]);
});

test("tokens that the provider took back are marked, and asked for once", async () => {
  await keepTokens(1);
  await peer.revokeAll();
  expect(await refreshDue()).toEqual({ refreshed: 0, revoked: 1, failed: 0 });
  const [id] = sealed.identities;
  const identity = id === undefined ? null : await sealed.core.store.findIdentity(id);
  expect(identity?.needsReconnect).toBe(true);
  expect((await tokensOf()).refreshAt).toBeNull();
  const calls = peer.calls.length;
  work.clock.advance(days(1));
  expect(await refreshDue()).toEqual({ refreshed: 0, revoked: 0, failed: 0 });
  expect(refreshesSince(calls)).toBe(0);
});

test("a provider that fails is asked a few times in a round, not for each token, and again later, ever more seldom", async () => {
  await keepTokens(12);
  peer.tamper("/token", () => new Response("{}", { status: 503 }));
  const calls = peer.calls.length;
  expect(await refreshDue()).toEqual({ refreshed: 0, revoked: 0, failed: 12 });
  expect(refreshesSince(calls)).toBeLessThanOrEqual(4);
  const first = await tokensOf();
  const waitMs = (first.refreshAt ?? 0) - work.clock.now();
  expect(waitMs).toBeGreaterThan(0);
  expect(waitMs).toBeLessThanOrEqual(minutes(1.25));
  expect(await refreshDue()).toEqual({ refreshed: 0, revoked: 0, failed: 0 });
  // Eight hours after the end: an hour, and a quarter at most.
  work.clock.advance(PEER_TOKEN_MS + hours(8));
  expect((await refreshDue()).failed).toBe(12);
  const laterMs = ((await tokensOf()).refreshAt ?? 0) - work.clock.now();
  expect(laterMs).toBeGreaterThan(minutes(50));
  peer.behave();
  work.clock.advance(minutes(80));
  expect(await refreshDue()).toEqual({ refreshed: 12, revoked: 0, failed: 0 });
});

test("a token that nobody takes for a week is not tried any more", async () => {
  await keepTokens(1);
  peer.tamper("/token", () => new Response("{}", { status: 503 }));
  work.clock.advance(PEER_TOKEN_MS + days(7));
  expect((await refreshDue()).failed).toBe(1);
  expect((await tokensOf()).refreshAt).toBeNull();
});

test.each<[string, () => ProviderPatch]>([
  ["switched off", () => ({ isEnabled: false })],
  ["of another issuer now", () => ({ issuer: "https://other.test" })],
  ["without a secret that opens", () => ({ sealedSecret: "v1.none.a.b" })],
])("a provider that is %s gets no token", async (_, patch) => {
  await keepTokens(2);
  await edit(patch());
  const calls = peer.calls.length;
  expect(await refreshDue()).toEqual({ refreshed: 0, revoked: 0, failed: 2 });
  expect(refreshesSince(calls)).toBe(0);
  expect((await tokensOf()).refreshAt).toBeGreaterThan(work.clock.now());
});

test("what has no refresh token any more is left alone for good, and a round that is stopped begins nothing", async () => {
  await keepTokens(2, { sealedRefresh: null });
  expect(await refreshDue(() => true)).toEqual({ refreshed: 0, revoked: 0, failed: 0 });
  expect(await refreshDue()).toEqual({ refreshed: 0, revoked: 0, failed: 2 });
  expect((await tokensOf()).refreshAt).toBeNull();
});

import { afterAll, afterEach, beforeAll, expect, test } from "bun:test";
import { type GithubPeer, startGithubPeer } from "../../support/github_peer.ts";
import { type OidcPeer, startOidcPeer } from "../../support/oidc_peer.ts";
import {
  clientAtWork,
  githubProvider,
  openidProvider,
  signInBy,
} from "../../support/provider_visit.ts";

let peer: OidcPeer;
let github: GithubPeer;

beforeAll(async () => {
  peer = await startOidcPeer();
  peer.people.set("ada-1", { sub: "ada-1" });
  peer.signInAs("ada-1");
  github = await startGithubPeer();
  github.users.set("ada", { id: 1, login: "ada", name: null, emails: [] });
  github.signInAs("ada");
});

afterEach(() => {
  peer.secrets.clear();
  peer.secrets.add(peer.clientSecret);
});

afterAll(async () => {
  await Promise.all([peer.close(), github.close()]);
});

const NEW_SECRET = "the-secret-that-replaces-it";

test("while the provider does not know the new secret, the one before signs in, and is reported", async () => {
  const { client } = clientAtWork();
  const replaced = { clientSecret: NEW_SECRET, previousSecret: peer.clientSecret };
  const provider = openidProvider(peer, replaced);
  const before = await signInBy(client, provider);
  expect(before).toMatchObject({ ok: true, value: { usedSecret: "previous" } });
  const refreshToken = before.ok ? before.value.tokens.refreshToken : "";
  expect((await client.refresh(provider, refreshToken ?? "")).ok).toBe(true);
  peer.secrets.add(NEW_SECRET);
  const after = await signInBy(client, provider);
  expect(after).toMatchObject({ ok: true, value: { usedSecret: "current" } });
});

test("GitHub's own words for a wrong secret are understood too", async () => {
  const { client } = clientAtWork();
  const secrets = { clientSecret: NEW_SECRET, previousSecret: github.clientSecret };
  const exchanged = await signInBy(client, githubProvider(github, secrets));
  expect(exchanged).toMatchObject({ ok: true, value: { usedSecret: "previous" } });
});

test("where neither secret is known, or there is only one, it is told as such", async () => {
  const { client } = clientAtWork();
  for (const previousSecret of [null, "an-older-one"]) {
    const secrets = { clientSecret: NEW_SECRET, previousSecret };
    const refused = { ok: false, error: { code: "provider_error", reason: "invalid_client" } };
    expect(await signInBy(client, openidProvider(peer, secrets))).toMatchObject(refused);
    expect(await signInBy(client, githubProvider(github, secrets))).toMatchObject(refused);
  }
});

test("the previous secret goes nowhere while the current one is known", async () => {
  const { client } = clientAtWork();
  const provider = openidProvider(peer, { previousSecret: "the-one-before" });
  const before = peer.calls.length;
  expect((await signInBy(client, provider)).ok).toBe(true);
  const refused = await client.refresh(provider, "no-such-token");
  expect(refused).toMatchObject({ ok: false, error: { reason: "invalid_grant" } });
  const calls = peer.calls.slice(before).filter(({ path }) => path === "/token");
  expect(calls.length).toBe(2);
});

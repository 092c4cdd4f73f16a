import { afterAll, afterEach, beforeAll, expect, test } from "bun:test";
import { days, minutes } from "@postern/std";
import { SignJWT } from "jose";
import { type GithubPeer, startGithubPeer } from "../../support/github_peer.ts";
import { type OidcPeer, startOidcPeer } from "../../support/oidc_peer.ts";
import {
  callbackOf,
  clientAtWork,
  githubProvider,
  openidProvider,
} from "../../support/provider_visit.ts";
import { changed, refused, replacedBy } from "../../support/tampering.ts";

let peer: OidcPeer;
let github: GithubPeer;

beforeAll(async () => {
  peer = await startOidcPeer();
  github = await startGithubPeer();
});

afterEach(() => {
  peer.behave();
  github.behave();
});

afterAll(async () => {
  await Promise.all([peer.close(), github.close()]);
});

test("a provider in order passes every check, and nobody signed in for it", async () => {
  const { client } = clientAtWork();
  const provider = openidProvider(peer);
  expect(await client.check(provider)).toEqual([
    { name: "discovery", ok: true, detail: `It says that it is ${peer.issuer}` },
    { name: "clock", ok: true, detail: "Its clock is ours" },
    { name: "keys", ok: true, detail: "1 key" },
    { name: "client", ok: true, detail: "It takes id and secret" },
  ]);
  const asked = new URLSearchParams(peer.calls.findLast(({ path }) => path === "/token")?.body);
  expect(asked.get("redirect_uri")).toBe(callbackOf(provider));
});

test("a wrong secret is found", async () => {
  const { client } = clientAtWork();
  const checks = await client.check(openidProvider(peer, { clientSecret: "wrong" }));
  expect(checks.at(-1)).toEqual({
    name: "client",
    ok: false,
    detail: "It refuses id and secret",
  });
  const unknown = await client.check(openidProvider(peer, { clientId: "somebody-else" }));
  expect(unknown.at(-1)?.ok).toBe(false);
});

test("a new secret that the provider does not know is found, though the one before still serves", async () => {
  const { client } = clientAtWork();
  const secrets = { clientSecret: "not-known-yet", previousSecret: peer.clientSecret };
  const checks = await client.check(openidProvider(peer, secrets));
  expect(checks.at(-1)).toEqual({
    name: "client",
    ok: false,
    detail: "It refuses the current secret, and takes the one before",
  });
});

test("a provider that takes any code, or says something else, is found", async () => {
  const { client } = clientAtWork();
  const provider = openidProvider(peer);
  const tokens = '{"access_token":"a","token_type":"bearer"}';
  peer.tamper("/token", replacedBy(tokens));
  expect((await client.check(provider)).at(-1)).toEqual({
    name: "client",
    ok: false,
    detail: "It gave tokens for a code that nobody was given",
  });
  peer.tamper("/token", refused("a_word_of_its_own"));
  expect((await client.check(provider)).at(-1)).toEqual({
    name: "client",
    ok: false,
    detail: "It does not say whether it takes id and secret (unknown error, status 400)",
  });
});

test("a clock that is more than a minute off is found", async () => {
  for (const [offset, word] of [
    [minutes(3), "behind"],
    [-minutes(3), "ahead"],
  ] as const) {
    const { client, clock } = clientAtWork();
    clock.advance(offset);
    const found = (await client.check(openidProvider(peer))).find(({ name }) => name === "clock");
    expect(found?.ok).toBe(false);
    expect(found?.detail).toMatch(new RegExp(`^Its clock is 1(?:7[5-9]|8[0-5]) s ${word}$`));
  }
});

test("a check asks anew, whatever is held, and tells what is wrong", async () => {
  const { client } = clientAtWork();
  const provider = openidProvider(peer);
  await client.check(provider);
  peer.tamper("/jwks", replacedBy('{"keys":[]}'));
  const keys = (await client.check(provider)).find(({ name }) => name === "keys");
  expect(keys).toEqual({ name: "keys", ok: false, detail: "0 keys" });
  peer.tamper("/.well-known/openid-configuration", changed({ issuer: "https://evil.example" }));
  expect(await client.check(provider)).toEqual([
    { name: "discovery", ok: false, detail: "It cannot be used: other issuer, status 200" },
  ]);
  await peer.goDown();
  expect(await client.check(provider)).toEqual([
    { name: "discovery", ok: false, detail: "It cannot be used: unreachable" },
  ]);
  peer.comeBack();
});

test("a secret that says when it ends is told of two weeks ahead", async () => {
  const { client, clock } = clientAtWork();
  const key = new Uint8Array(32);
  const secretUntil = (ms: number) =>
    new SignJWT({}).setProtectedHeader({ alg: "HS256" }).setExpirationTime(new Date(ms)).sign(key);
  const soon = await secretUntil(clock.now() + days(13));
  const late = await secretUntil(clock.now() + days(15));
  peer.secrets.add(soon).add(late);
  const found = (await client.check(openidProvider(peer, { clientSecret: soon }))).at(-1);
  const end = new Date(clock.now() + days(13)).toISOString().slice(0, 10);
  expect(found).toEqual({ name: "client", ok: false, detail: `The secret ends on ${end}` });
  expect((await client.check(openidProvider(peer, { clientSecret: late }))).at(-1)?.ok).toBe(true);
});

test("a GitHub is checked by its API and its token endpoint", async () => {
  const { client } = clientAtWork();
  expect(await client.check(githubProvider(github))).toEqual([
    { name: "discovery", ok: true, detail: "Its API answers with status 200" },
    { name: "clock", ok: true, detail: "Its clock is ours" },
    { name: "client", ok: true, detail: "It takes id and secret" },
  ]);
  for (const wrong of [{ clientSecret: "wrong" }, { clientId: "wrong" }]) {
    const checks = await client.check(githubProvider(github, wrong));
    expect(checks.at(-1)).toEqual({
      name: "client",
      ok: false,
      detail: "It refuses id and secret",
    });
  }
  github.tamper("/api/v3/meta", refused("oops", 502));
  expect((await client.check(githubProvider(github)))[0]?.ok).toBe(false);
});

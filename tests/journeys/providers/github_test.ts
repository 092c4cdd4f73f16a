import { afterAll, beforeAll, beforeEach, expect, test } from "bun:test";
import { hours } from "@postern/std";
import { type GithubPeer, startGithubPeer } from "../../support/github_peer.ts";
import {
  callbackOf,
  clientAtWork,
  githubProvider,
  goAndComeBack,
  signInBy,
} from "../../support/provider_visit.ts";
import { redirectedTo, refused, replacedBy } from "../../support/tampering.ts";

const ADA = {
  id: 583231,
  login: "ada",
  name: "Ada Lovelace",
  emails: [
    { email: "old@example.com", primary: false, verified: true, visibility: null },
    { email: "ada@example.com", primary: true, verified: true, visibility: "private" },
    { email: "ada@users.noreply.github.com", primary: false, verified: true, visibility: null },
  ],
};

let github: GithubPeer;

beforeAll(async () => {
  github = await startGithubPeer();
});

beforeEach(() => {
  github.behave();
  github.users.set("ada", ADA);
  github.signInAs("ada");
  github.expireTokens(null);
});

afterAll(() => github.close());

test("the authorization URL asks for a code with state, PKCE S256 and scopes, and without a nonce", async () => {
  const { client } = clientAtWork();
  const provider = githubProvider(github);
  const visit = {
    state: "the-state",
    codeVerifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
    nonce: "the-nonce",
    redirectUri: callbackOf(provider),
  };
  const url = await client.authorizationUrl(provider, visit);
  const { origin, pathname, searchParams } = new URL(url.ok ? url.value : "");
  expect(origin + pathname).toBe(`${github.origin}/login/oauth/authorize`);
  expect(Object.fromEntries(searchParams)).toEqual({
    response_type: "code",
    client_id: github.clientId,
    redirect_uri: callbackOf(provider),
    state: "the-state",
    scope: "read:user user:email",
    code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    code_challenge_method: "S256",
  });
});

test("the account is known by origin and numeric id, and has its primary address", async () => {
  const { client, log } = clientAtWork();
  const exchanged = await signInBy(client, githubProvider(github));
  if (!exchanged.ok) throw new Error(exchanged.error.reason);
  expect(exchanged.value.account).toEqual({
    issuer: github.origin,
    subject: "583231",
    email: "ada@example.com",
    isEmailVerified: true,
    name: "Ada Lovelace",
    picture: "https://avatars.example/u/583231?v=4",
    login: "ada",
  });
  const { tokens } = exchanged.value;
  expect(tokens).toMatchObject({ refreshToken: null, expiresAt: null });
  expect(tokens.scopes).toEqual(["read:user", "user:email"]);
  expect(log).toEqual([]);
  const asked = github.calls.findLast(({ path }) => path === "/login/oauth/access_token");
  expect(asked?.headers.get("accept")).toBe("application/json");
});

test("a primary address that is not verified does not count as verified, whatever others are", async () => {
  const { client } = clientAtWork();
  const emails = ADA.emails.map((one) => ({ ...one, verified: !one.primary }));
  github.users.set("ada", { ...ADA, emails });
  const exchanged = await signInBy(client, githubProvider(github));
  expect(exchanged.ok && exchanged.value.account).toMatchObject({
    email: "ada@example.com",
    isEmailVerified: false,
  });
});

test("the public address of the profile is not taken for a verified one", async () => {
  const { client } = clientAtWork();
  const emails = [{ email: "p@example.com", primary: false, verified: true, visibility: "public" }];
  github.users.set("ada", { ...ADA, emails });
  const exchanged = await signInBy(client, githubProvider(github));
  expect(exchanged.ok && exchanged.value.account).toMatchObject({
    email: null,
    isEmailVerified: false,
  });
});

test("a token without the scope for addresses gives an account without one", async () => {
  const { client } = clientAtWork();
  const exchanged = await signInBy(client, githubProvider(github, { scopes: ["read:user"] }));
  expect(exchanged.ok && exchanged.value.account.email).toBeNull();
});

test("errors that come with status 200 are errors", async () => {
  const { client } = clientAtWork();
  const provider = githubProvider(github);
  const back = await goAndComeBack(client, provider);
  const reasonOf = async (given: Partial<typeof back>) => {
    const exchanged = await client.exchange(provider, { ...back, ...given });
    return exchanged.ok ? "none" : exchanged.error.reason;
  };
  expect(await reasonOf({ code: "no-such-code" })).toBe("invalid_grant");
  expect(await reasonOf({ codeVerifier: "w".repeat(43) })).toBe("invalid_grant");
  github.tamper("/login/oauth/access_token", refused("redirect_uri_mismatch", 200));
  expect(await reasonOf({})).toBe("bad_answer");
  github.tamper("/login/oauth/access_token", refused("unverified_user_email", 200));
  expect(await reasonOf({})).toBe("no_account");
});

test("an answer that names another issuer is refused before its code goes anywhere (mix-up)", async () => {
  const { client } = clientAtWork();
  const provider = githubProvider(github);
  const back = await goAndComeBack(client, provider);
  expect(back.issuer).toBe(`${github.origin}/login/oauth`);
  const calls = github.calls.length;
  for (const issuer of ["https://github.com/login/oauth", github.origin, ""]) {
    const exchanged = await client.exchange(provider, { ...back, issuer });
    expect(exchanged).toMatchObject({ ok: false, error: { reason: "wrong_issuer" } });
  }
  expect(github.calls.length).toBe(calls);
  // An older server does not name itself.
  expect((await client.exchange(provider, { ...back, issuer: null })).ok).toBe(true);
});

test("a user that is none is refused: no id, another's shape, garbage, a redirect", async () => {
  const { client } = clientAtWork();
  const provider = githubProvider(github);
  const users = ['{"login":"ada"}', '{"id":"1","login":"a"}', '{"id":0,"login":"a"}', "[]", "null"];
  const answers = [
    ...users.map((text) => replacedBy(text)),
    replacedBy('{"id":1.5,"login":"a"}'),
    replacedBy('{"id":9007199254740993,"login":"a"}'),
    replacedBy("<html>", "text/html"),
    redirectedTo(`${github.origin}/api/v3/user`),
  ];
  for (const answer of answers) {
    github.tamper("/api/v3/user", answer);
    const exchanged = await signInBy(client, provider);
    expect(exchanged).toMatchObject({ ok: false, error: { reason: "bad_answer" } });
  }
  github.behave();
  github.tamper("/api/v3/user/emails", replacedBy('{"email":"ada@example.com"}'));
  expect(await signInBy(client, provider)).toMatchObject({
    ok: false,
    error: { reason: "bad_answer" },
  });
});

test("tokens that run out are refreshed, each refresh token once", async () => {
  const { client, clock } = clientAtWork();
  github.expireTokens(28_800);
  const provider = githubProvider(github);
  const exchanged = await signInBy(client, provider);
  const tokens = exchanged.ok ? exchanged.value.tokens : undefined;
  const lifetimeMs = Number(tokens?.expiresAt) - clock.now();
  expect(Math.abs(lifetimeMs - hours(8))).toBeLessThan(5_000);
  const refreshToken = tokens?.refreshToken ?? "";
  const refreshed = await client.refresh(provider, refreshToken);
  expect(refreshed.ok && refreshed.value.accessToken).not.toBe(tokens?.accessToken ?? "");
  expect(refreshed.ok && refreshed.value.refreshToken).not.toBe(refreshToken);
  expect(await client.refresh(provider, refreshToken)).toMatchObject({
    ok: false,
    error: { reason: "invalid_grant" },
  });
});

test("a server on https sends nobody to a GitHub by plain http", async () => {
  const { client } = clientAtWork({ publicUrl: "https://id.example.org" });
  const visit = { state: "s", codeVerifier: "v".repeat(43), nonce: "n", redirectUri: "r" };
  const url = await client.authorizationUrl(githubProvider(github), visit);
  expect(url).toMatchObject({ ok: false, error: { reason: "unreachable" } });
});

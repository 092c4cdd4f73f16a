import { afterAll, beforeAll, beforeEach, expect, test } from "bun:test";
import { minutes } from "@postern/std";
import { type OidcPeer, startOidcPeer } from "../../support/oidc_peer.ts";
import {
  callbackOf,
  clientAtWork,
  goAndComeBack,
  openidProvider,
  signInBy,
} from "../../support/provider_visit.ts";
import { changed, refused, replacedBy } from "../../support/tampering.ts";

const ADA = {
  sub: "ada-1",
  email: "ada@example.com",
  email_verified: true,
  name: "Ada Lovelace",
  preferred_username: "ada",
  picture: "https://pictures.example/ada.png",
};

let google: OidcPeer;
let discord: OidcPeer;

beforeAll(async () => {
  google = await startOidcPeer({ clientAuth: "client_secret_post" });
  discord = await startOidcPeer({ hasClaimsInIdToken: false });
});

beforeEach(() => {
  for (const peer of [google, discord]) {
    peer.behave();
    peer.people.set(ADA.sub, ADA);
    peer.signInAs(ADA.sub);
  }
});

afterAll(async () => {
  await Promise.all([google.close(), discord.close()]);
});

test("the authorization URL asks for a code with state, PKCE S256, nonce and the provider's scopes", async () => {
  const { client } = clientAtWork();
  const provider = openidProvider(google);
  const visit = {
    state: "the-state",
    codeVerifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
    nonce: "the-nonce",
    redirectUri: callbackOf(provider),
  };
  const url = await client.authorizationUrl(provider, visit);
  const { origin, pathname, searchParams } = new URL(url.ok ? url.value : "");
  expect(origin + pathname).toBe(`${google.issuer}/auth`);
  expect(Object.fromEntries(searchParams)).toEqual({
    response_type: "code",
    client_id: "postern",
    redirect_uri: callbackOf(provider),
    state: "the-state",
    scope: "openid email profile",
    nonce: "the-nonce",
    // RFC 7636, appendix B.
    code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    code_challenge_method: "S256",
  });
});

test("Google is asked for offline access; offline_access of another is asked with consent", async () => {
  const { client } = clientAtWork();
  const asGoogle = openidProvider(google, { kind: "google" });
  const offline = openidProvider(google, { scopes: ["openid", "offline_access"] });
  const visit = { state: "s", codeVerifier: "v".repeat(43), nonce: "n", redirectUri: "x" };
  const first = await client.authorizationUrl(asGoogle, visit);
  expect(first.ok && new URL(first.value).searchParams.get("access_type")).toBe("offline");
  const second = await client.authorizationUrl(offline, visit);
  expect(second.ok && new URL(second.value).searchParams.get("prompt")).toBe("consent");
});

test("signing in gives the account and its tokens", async () => {
  const { client, clock, log } = clientAtWork();
  const exchanged = await signInBy(client, openidProvider(google));
  if (!exchanged.ok) throw new Error(exchanged.error.reason);
  const { account, tokens, usedSecret } = exchanged.value;
  expect(account).toEqual({
    issuer: google.issuer,
    subject: "ada-1",
    email: "ada@example.com",
    isEmailVerified: true,
    name: "Ada Lovelace",
    picture: "https://pictures.example/ada.png",
    login: "ada",
  });
  expect(usedSecret).toBe("current");
  expect(tokens.accessToken).not.toBe("");
  expect(tokens.refreshToken).not.toBeNull();
  expect(tokens.scopes).toEqual(["openid", "email", "profile"]);
  const lifetimeMs = Number(tokens.expiresAt) - clock.now();
  expect(Math.abs(lifetimeMs - minutes(60))).toBeLessThan(5_000);
  expect(log).toEqual([]);
  // The id token says it all, so userinfo is not asked.
  expect(google.calls.filter(({ path }) => path === "/me")).toEqual([]);
});

test("a secret full of signs reaches the provider whole, by post and by basic", async () => {
  const { client } = clientAtWork();
  expect((await signInBy(client, openidProvider(google))).ok).toBe(true);
  const posted = google.calls.findLast(({ path }) => path === "/token");
  expect(new URLSearchParams(posted?.body).get("client_secret")).toBe(google.clientSecret);
  expect(posted?.headers.get("authorization")).toBeNull();
  expect((await signInBy(client, openidProvider(discord))).ok).toBe(true);
  const basic = discord.calls.findLast(({ path }) => path === "/token");
  expect(new URLSearchParams(basic?.body).get("client_secret")).toBeNull();
  const credentials = (basic?.headers.get("authorization") ?? "").slice("Basic ".length);
  const [id, secret = ""] = Buffer.from(credentials, "base64").toString().split(":");
  expect(id).toBe("postern");
  expect(decodeURIComponent(secret.replaceAll("+", " "))).toBe(discord.clientSecret);
});

test("calls say who makes them, and carry no cookies", async () => {
  const { client } = clientAtWork();
  const before = discord.calls.length;
  await client.check(openidProvider(discord));
  const calls = discord.calls.slice(before);
  expect(calls.map(({ path }) => path)).toEqual([
    "/.well-known/openid-configuration",
    "/jwks",
    "/token",
  ]);
  for (const { headers } of calls) {
    expect(headers.get("user-agent")).toBe("Postern");
    expect(headers.get("cookie")).toBeNull();
    expect(headers.get("accept-encoding")).toBe("identity");
  }
});

test("what the id token leaves out is asked of userinfo", async () => {
  const { client } = clientAtWork();
  const exchanged = await signInBy(client, openidProvider(discord));
  expect(exchanged.ok && exchanged.value.account).toEqual({
    issuer: discord.issuer,
    subject: "ada-1",
    email: "ada@example.com",
    isEmailVerified: true,
    name: "Ada Lovelace",
    picture: "https://pictures.example/ada.png",
    login: "ada",
  });
});

test("userinfo of somebody else is refused (token substitution)", async () => {
  const { client, log } = clientAtWork();
  const provider = openidProvider(discord);
  for (const fields of [{ sub: "eve-1" }, { sub: undefined }, { sub: ["ada-1"] }]) {
    discord.tamper("/me", changed(fields));
    const exchanged = await signInBy(client, provider);
    expect(exchanged).toEqual({
      ok: false,
      error: { code: "provider_error", reason: "bad_answer" },
    });
  }
  expect(JSON.stringify(log)).toContain("other sub");
  discord.tamper("/me", replacedBy("[]"));
  expect((await signInBy(client, provider)).ok).toBe(false);
  discord.tamper("/me", refused("invalid_token", 401));
  expect((await signInBy(client, provider)).ok).toBe(false);
});

test("what userinfo says of its address is not taken for the id token's, nor the reverse", async () => {
  const { client } = clientAtWork();
  const provider = openidProvider(discord);
  // An address of the id token, and a word of userinfo's that names none.
  discord.forgeIdToken((claims, sign) => sign({ ...claims, email: "root@example.com" }));
  discord.tamper("/me", changed({ email: undefined, email_verified: true }));
  const first = await signInBy(client, provider);
  expect(first.ok && first.value.account).toMatchObject({
    email: "root@example.com",
    isEmailVerified: false,
  });
  // A word of the id token's, and an address of userinfo's.
  discord.forgeIdToken((claims, sign) => sign({ ...claims, email_verified: true }));
  discord.tamper("/me", changed({ email: "root@example.com", email_verified: undefined }));
  const second = await signInBy(client, provider);
  expect(second.ok && second.value.account).toMatchObject({
    email: "root@example.com",
    isEmailVerified: false,
  });
});

test("an address counts as verified for true and for the text true, and for nothing else", async () => {
  const { client } = clientAtWork();
  const provider = openidProvider(google);
  const verdicts = [];
  for (const word of [true, "true", "True", "1", 1, "yes", {}, ["true"], null, false, "false"]) {
    google.forgeIdToken((claims, sign) => sign({ ...claims, email_verified: word }));
    const exchanged = await signInBy(client, provider);
    verdicts.push(exchanged.ok && exchanged.value.account.isEmailVerified);
  }
  expect(verdicts).toEqual([true, true, ...Array.from({ length: 9 }, () => false)]);
});

test("what makes no sense of a person is as good as not said", async () => {
  const { client } = clientAtWork();
  google.forgeIdToken((claims, sign) =>
    sign({
      ...claims,
      email: "no address",
      name: "Ada\u202ecilA",
      preferred_username: 7,
      picture: "javascript:alert(1)",
    }),
  );
  const exchanged = await signInBy(client, openidProvider(google));
  expect(exchanged.ok && exchanged.value.account).toEqual({
    issuer: google.issuer,
    subject: "ada-1",
    email: null,
    isEmailVerified: false,
    name: null,
    picture: null,
    login: null,
  });
});

test("a refresh token gives new tokens, until the provider takes it back", async () => {
  const { client } = clientAtWork();
  const provider = openidProvider(google);
  const exchanged = await signInBy(client, provider);
  const old = exchanged.ok ? exchanged.value.tokens : undefined;
  const refreshed = await client.refresh(provider, old?.refreshToken ?? "");
  expect(refreshed.ok && refreshed.value.accessToken).not.toBe(old?.accessToken ?? "");
  const latest = refreshed.ok ? (refreshed.value.refreshToken ?? old?.refreshToken) : "";
  await google.revokeAll();
  expect(await client.refresh(provider, latest ?? "")).toEqual({
    ok: false,
    error: { code: "provider_error", reason: "invalid_grant" },
  });
});

test("a refresh that names no refresh token and no scopes says so", async () => {
  const { client } = clientAtWork();
  const provider = openidProvider(google);
  const exchanged = await signInBy(client, provider);
  const held = exchanged.ok ? exchanged.value.tokens.refreshToken : "";
  google.tamper("/token", changed({ refresh_token: undefined, scope: undefined }));
  const refreshed = await client.refresh(provider, held ?? "");
  expect(refreshed).toMatchObject({ ok: true, value: { refreshToken: null, scopes: [] } });
});

test("a code works once", async () => {
  const { client } = clientAtWork();
  const provider = openidProvider(google);
  const back = await goAndComeBack(client, provider);
  expect((await client.exchange(provider, back)).ok).toBe(true);
  const again = await client.exchange(provider, back);
  expect(again).toEqual({ ok: false, error: { code: "provider_error", reason: "invalid_grant" } });
});

test("a code of another visit is refused by its verifier (code injection)", async () => {
  const { client } = clientAtWork();
  const provider = openidProvider(google);
  const mine = await goAndComeBack(client, provider);
  const stolen = await goAndComeBack(client, provider);
  const injected = await client.exchange(provider, { ...mine, code: stolen.code });
  expect(injected).toEqual({
    ok: false,
    error: { code: "provider_error", reason: "invalid_grant" },
  });
});

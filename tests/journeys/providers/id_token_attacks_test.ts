import { afterAll, afterEach, beforeAll, expect, test } from "bun:test";
import { createHash } from "node:crypto";
import { hours, minutes, seconds } from "@postern/std";
import { CompactEncrypt, EncryptJWT } from "jose";
import type { SignedBy } from "../../support/id_token_signer.ts";
import { type OidcPeer, startOidcPeer } from "../../support/oidc_peer.ts";
import {
  clientAtWork,
  goAndComeBack,
  openidProvider,
  signInBy,
} from "../../support/provider_visit.ts";
import { changed } from "../../support/tampering.ts";

let peer: OidcPeer;

beforeAll(async () => {
  peer = await startOidcPeer();
  peer.people.set("ada-1", { sub: "ada-1", email: "ada@example.com", email_verified: true });
  peer.signInAs("ada-1");
});

afterEach(() => peer.behave());

afterAll(() => peer.close());

const REFUSED = { ok: false, error: { code: "provider_error", reason: "bad_id_token" } } as const;

type Claims = Readonly<Record<string, unknown>>;

/** Signs in where the id token's claims are others, or are signed otherwise. */
async function withClaims(claims: Claims, by: SignedBy = "own") {
  const { client, log } = clientAtWork();
  peer.forgeIdToken((true_, sign) => sign({ ...true_, ...claims }, by));
  const exchanged = await signInBy(client, openidProvider(peer));
  return { exchanged, log: JSON.stringify(log) };
}

function now(): number {
  return Math.floor(Date.now() / 1_000);
}

test("the forge itself changes nothing: the same claims by the own key are taken", async () => {
  const { exchanged } = await withClaims({});
  expect(exchanged.ok).toBe(true);
});

test("an id token of another issuer is refused", async () => {
  for (const iss of ["https://evil.example", `${peer.issuer}/`, "accounts.google.com", undefined]) {
    const { exchanged, log } = await withClaims({ iss });
    expect(exchanged).toEqual(REFUSED);
    expect(log).toContain(" iss");
  }
});

test("an id token for another audience is refused", async () => {
  for (const aud of ["another-client", ["another-client"], [], "", undefined]) {
    const { exchanged, log } = await withClaims({ aud });
    expect(exchanged).toEqual(REFUSED);
    expect(log).toContain(" aud");
  }
});

test("an id token with several audiences is taken only where it was made for us", async () => {
  const aud = ["postern", "another-client"];
  expect((await withClaims({ aud })).exchanged).toEqual(REFUSED);
  expect((await withClaims({ aud, azp: "another-client" })).exchanged).toEqual(REFUSED);
  expect((await withClaims({ azp: "another-client" })).exchanged).toEqual(REFUSED);
  expect((await withClaims({ aud, azp: "postern" })).exchanged.ok).toBe(true);
});

test("an id token of another visit is refused by its nonce (replay)", async () => {
  for (const nonce of ["of another visit", "", ["nonce"], null, undefined]) {
    const { exchanged, log } = await withClaims({ nonce });
    expect(exchanged).toEqual(REFUSED);
    expect(log).toContain("nonce");
  }
});

test("an id token that has run out is refused, but for the tolerance", async () => {
  expect((await withClaims({ exp: now() - 61 })).exchanged).toEqual(REFUSED);
  expect((await withClaims({ exp: now() - 55 })).exchanged.ok).toBe(true);
  expect((await withClaims({ exp: undefined })).exchanged).toEqual(REFUSED);
  expect((await withClaims({ exp: "tomorrow" })).exchanged).toEqual(REFUSED);
});

test("an id token from the future, or of another day, is refused, but for the tolerance", async () => {
  expect((await withClaims({ iat: now() + 65 })).exchanged).toEqual(REFUSED);
  expect((await withClaims({ iat: now() + 55 })).exchanged.ok).toBe(true);
  expect((await withClaims({ nbf: now() + 65 })).exchanged).toEqual(REFUSED);
  expect((await withClaims({ iat: now() - hours(25) / seconds(1) })).exchanged).toEqual(REFUSED);
  expect((await withClaims({ iat: undefined })).exchanged).toEqual(REFUSED);
});

test("a clock that is far off refuses good id tokens", async () => {
  const { client, clock } = clientAtWork();
  clock.advance(minutes(70));
  expect(await signInBy(client, openidProvider(peer))).toEqual(REFUSED);
});

test("HS256 by the client's secret is refused, whatever the metadata lists (algorithm confusion)", async () => {
  const { exchanged, log } = await withClaims({ sub: "root" }, "client_secret");
  expect(exchanged).toEqual(REFUSED);
  expect(log).toContain("ERR_JOSE_ALG_NOT_ALLOWED");
  const algorithms = ["HS256", "none", "RS256"];
  const document = changed({ id_token_signing_alg_values_supported: algorithms });
  peer.tamper("/.well-known/openid-configuration", document);
  expect((await withClaims({ sub: "root" }, "client_secret")).exchanged).toEqual(REFUSED);
});

test("alg none is refused, whatever the metadata lists", async () => {
  const document = changed({ id_token_signing_alg_values_supported: ["none", "RS256"] });
  peer.tamper("/.well-known/openid-configuration", document);
  expect((await withClaims({ sub: "root" }, "none")).exchanged).toEqual(REFUSED);
});

test("an algorithm that the metadata does not list is refused", async () => {
  const { client } = clientAtWork();
  const document = changed({ id_token_signing_alg_values_supported: ["ES256"] });
  peer.tamper("/.well-known/openid-configuration", document);
  expect(await signInBy(client, openidProvider(peer))).toEqual(REFUSED);
});

test("a signature of a key that is not the provider's is refused", async () => {
  const { exchanged, log } = await withClaims({ sub: "root" }, "foreign");
  expect(exchanged).toEqual(REFUSED);
  expect(log).toContain("ERR_JWS_SIGNATURE_VERIFICATION_FAILED");
});

test("claims that were changed after signing are refused", async () => {
  const { client } = clientAtWork();
  peer.forgeIdToken(async (claims, sign) => {
    const [header, , signature] = (await sign(claims)).split(".");
    const payload = Buffer.from(JSON.stringify({ ...claims, sub: "root" })).toString("base64url");
    return `${header}.${payload}.${signature}`;
  });
  expect(await signInBy(client, openidProvider(peer))).toEqual(REFUSED);
});

test("at_hash must be of the access token that came with it, where there is one (token substitution)", async () => {
  const { client, log } = clientAtWork();
  const provider = openidProvider(peer);
  const leftHalf = (token: string) =>
    createHash("sha256").update(token).digest().subarray(0, 16).toString("base64url");
  peer.forgeIdToken((claims, sign, token) => sign({ ...claims, at_hash: leftHalf(token) }));
  expect((await signInBy(client, provider)).ok).toBe(true);
  peer.forgeIdToken((claims, sign, token) => sign({ ...claims, at_hash: leftHalf(`${token}x`) }));
  expect(await signInBy(client, provider)).toEqual(REFUSED);
  expect(JSON.stringify(log)).toContain("at_hash");
  expect((await withClaims({ at_hash: 7 })).exchanged).toEqual(REFUSED);
  expect((await withClaims({ at_hash: null })).exchanged).toEqual(REFUSED);
});

test("a subject must be a text of 1 to 255 plain characters", async () => {
  for (const sub of ["", "   ", "x".repeat(256), "a\u0000b", "ä", 17, null, ["ada-1"], undefined]) {
    expect((await withClaims({ sub })).exchanged).toEqual(REFUSED);
  }
  const longest = await withClaims({ sub: "x".repeat(255) });
  expect(longest.exchanged.ok && longest.exchanged.value.account.subject).toBe("x".repeat(255));
});

test("garbage in the place of an id token is refused", async () => {
  const { client } = clientAtWork();
  const provider = openidProvider(peer);
  for (const text of ["", "a.b.c", "{}", "....", "🙂.🙂.🙂", `${"A".repeat(100_000)}.A.A`]) {
    peer.forgeIdToken(async () => text);
    expect(await signInBy(client, provider)).toEqual(REFUSED);
  }
  for (const other of [undefined, null, 7, {}]) {
    peer.tamper("/token", changed({ id_token: other }));
    expect(await signInBy(client, provider)).toEqual(REFUSED);
  }
});

test("only Google may call itself accounts.google.com, and only at its own issuer", async () => {
  const { client } = clientAtWork();
  peer.forgeIdToken((claims, sign) => sign({ ...claims, iss: "accounts.google.com" }));
  const another = openidProvider(peer, { kind: "google" });
  expect(await signInBy(client, another)).toEqual(REFUSED);
});

test("a provider that leaves the nonce out is refused, unless it is known to", async () => {
  const { client } = clientAtWork();
  peer.forgeIdToken(({ nonce: _, ...claims }, sign) => sign(claims));
  expect(await signInBy(client, openidProvider(peer))).toEqual(REFUSED);
});

test("an answer that names another issuer is refused before its code goes anywhere (mix-up)", async () => {
  const { client } = clientAtWork();
  const provider = openidProvider(peer);
  const back = await goAndComeBack(client, provider);
  const calls = peer.calls.length;
  for (const issuer of ["https://evil.example", `${peer.issuer}/`, "", null]) {
    const exchanged = await client.exchange(provider, { ...back, issuer });
    // The peer promises its name in every answer, so that none is wrong too.
    expect(exchanged).toEqual({
      ok: false,
      error: { code: "provider_error", reason: "wrong_issuer" },
    });
  }
  expect(peer.calls.length).toBe(calls);
  expect((await client.exchange(provider, back)).ok).toBe(true);
});

test("a provider that does not promise its name may leave it out", async () => {
  const { client } = clientAtWork();
  const document = changed({ authorization_response_iss_parameter_supported: undefined });
  peer.tamper("/.well-known/openid-configuration", document);
  const provider = openidProvider(peer);
  const back = await goAndComeBack(client, provider);
  expect((await client.exchange(provider, { ...back, issuer: null })).ok).toBe(true);
});

test("an id token that is encrypted, with a signed one in it or not, is refused (nested JWE)", async () => {
  const { client } = clientAtWork();
  const provider = openidProvider(peer);
  const key = new TextEncoder().encode(peer.clientSecret.padEnd(32, "x")).slice(0, 32);
  peer.forgeIdToken(async (claims, sign) =>
    new CompactEncrypt(new TextEncoder().encode(await sign(claims, "own")))
      .setProtectedHeader({ alg: "dir", enc: "A256GCM", cty: "JWT" })
      .encrypt(key),
  );
  expect(await signInBy(client, provider)).toEqual(REFUSED);
  peer.forgeIdToken(async (claims) =>
    new EncryptJWT({ ...claims }).setProtectedHeader({ alg: "dir", enc: "A256GCM" }).encrypt(key),
  );
  expect(await signInBy(client, provider)).toEqual(REFUSED);
});

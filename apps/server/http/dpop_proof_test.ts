import { expect, test } from "bun:test";
import { epochMs, seconds } from "@postern/std";
import { base64url, calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from "jose";
import { sha256 } from "../adapters/crypto.ts";
import { PROOF_MAX_AGE_MS, readDpopProof } from "./dpop_proof.ts";

const NOW = epochMs(1_800_000_000_000);
const URL_OF_CALL = "https://id.example.org/admin/trpc/users.list";
const TOKEN = "an.access.token";
const MEANT = { method: "POST", urls: [URL_OF_CALL], accessToken: TOKEN, now: NOW };
const CLAIMS = {
  jti: "0123456789abcdef",
  htm: "POST",
  htu: URL_OF_CALL,
  iat: NOW / seconds(1),
  ath: sha256(TOKEN),
};

async function pairOf(alg: string) {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  return {
    alg,
    privateKey,
    jwk: await exportJWK(publicKey),
    secretJwk: await exportJWK(privateKey),
  };
}

const ED = await pairOf("EdDSA");
const EC = await pairOf("ES256");

function prove(claims: object, header: object = {}, pair = ED): Promise<string> {
  return new SignJWT({ ...CLAIMS, ...claims })
    .setProtectedHeader({ typ: "dpop+jwt", alg: pair.alg, jwk: pair.jwk, ...header })
    .sign(pair.privateKey);
}

function read(proof: string | null, meant = {}) {
  return readDpopProof(sha256, proof, { ...MEANT, ...meant });
}

const REFUSED = { ok: false, error: { code: "invalid_dpop_proof" } } as const;

test("readDpopProof() tells the key and the id, for both algorithms", async () => {
  for (const pair of [ED, EC]) {
    const value = { thumbprint: await calculateJwkThumbprint(pair.jwk), id: CLAIMS.jti };
    expect(await read(await prove({}, {}, pair))).toEqual({ ok: true, value });
  }
});

test("readDpopProof() ignores query and fragment of htu, and needs no ath without a token", async () => {
  const proof = await prove({ htu: `${URL_OF_CALL}?a=b#c`, ath: undefined });
  expect((await read(proof, { accessToken: null })).ok).toBe(true);
  expect(await read(proof)).toEqual(REFUSED);
});

test("readDpopProof() refuses a proof for something else (DPoP proof reuse)", async () => {
  const others = [
    { htm: "GET" },
    { htm: "post" },
    { htu: "https://id.example.org/admin/trpc/users.block" },
    { htu: "http://id.example.org/admin/trpc/users.list" },
    { htu: "https://evil.example/admin/trpc/users.list" },
    { htu: "https://user@id.example.org/admin/trpc/users.list" },
    { htu: "" },
    { htu: 7 },
    { ath: sha256("another.access.token") },
    { ath: TOKEN },
  ];
  for (const claims of others) expect(await read(await prove(claims))).toEqual(REFUSED);
});

test("readDpopProof() takes a proof up to 60 seconds off, either way, and no further", async () => {
  for (const sign of [-1, 1]) {
    const edge = { now: epochMs(NOW + sign * PROOF_MAX_AGE_MS) };
    expect((await read(await prove({}), edge)).ok).toBe(true);
    const past = { now: epochMs(NOW + sign * (PROOF_MAX_AGE_MS + 1)) };
    expect(await read(await prove({}), past)).toEqual(REFUSED);
  }
});

test("readDpopProof() refuses one without an id or a time", async () => {
  for (const claims of [
    { jti: undefined },
    { jti: "short" },
    { jti: "x".repeat(129) },
    { jti: 12345678 },
  ]) {
    expect(await read(await prove(claims))).toEqual(REFUSED);
  }
  const { iat: _, ...timeless } = CLAIMS;
  const untimed = await new SignJWT(timeless)
    .setProtectedHeader({ typ: "dpop+jwt", alg: ED.alg, jwk: ED.jwk })
    .sign(ED.privateKey);
  expect(await read(untimed)).toEqual(REFUSED);
});

test("readDpopProof() refuses alg none, HMAC by the public key, and another type of token", async () => {
  const payload = base64url.encode(JSON.stringify(CLAIMS));
  const none = base64url.encode(JSON.stringify({ typ: "dpop+jwt", alg: "none", jwk: ED.jwk }));
  expect(await read(`${none}.${payload}.`)).toEqual(REFUSED);
  const shared = new TextEncoder().encode("a shared secret of thirty-two bytes");
  const jwk = { kty: "oct", k: base64url.encode(shared) };
  const symmetric = await new SignJWT(CLAIMS)
    .setProtectedHeader({ typ: "dpop+jwt", alg: "HS256", jwk })
    .sign(shared);
  expect(await read(symmetric)).toEqual(REFUSED);
  for (const typ of ["at+jwt", "JWT", undefined]) {
    expect(await read(await prove({}, { typ }))).toEqual(REFUSED);
  }
});

test("readDpopProof() refuses a key that is secret, absent, or not the one that signed", async () => {
  for (const jwk of [ED.secretJwk, undefined, EC.jwk, (await pairOf("EdDSA")).jwk]) {
    expect(await read(await prove({}, { jwk }))).toEqual(REFUSED);
  }
});

test("readDpopProof() refuses what is no proof at all", async () => {
  const good = await prove({});
  for (const text of [
    null,
    "",
    "a.b.c",
    `${good}, ${good}`,
    good.slice(0, -2),
    "x".repeat(5_000),
  ]) {
    expect(await read(text)).toEqual(REFUSED);
  }
});

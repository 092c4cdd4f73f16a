/**
 * Id tokens that name their own key, or are signed by one that is not for them.
 *
 * @see RFC 8725, sections 3.1, 3.10 and 3.5; RFC 7515, section 4.1
 * @module
 */

import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "bun:test";
import { exportJWK, generateKeyPair, type JWK, type JWTHeaderParameters, SignJWT } from "jose";
import { type OidcPeer, startOidcPeer } from "../../support/oidc_peer.ts";
import { clientAtWork, openidProvider, signInBy } from "../../support/provider_visit.ts";

let peer: OidcPeer;
/** Stands for what an attacker would have the server fetch. */
let trap: { readonly url: string; calls: number; stop(): Promise<void> };

beforeAll(async () => {
  peer = await startOidcPeer();
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch() {
      trap.calls += 1;
      return Response.json({ keys: [foreign.publicJwk] });
    },
  });
  trap = { url: `http://127.0.0.1:${server.port}/keys`, calls: 0, stop: () => server.stop(true) };
});

beforeEach(() => {
  peer.people.set("ada", { sub: "ada", email: "ada@example.com", email_verified: true });
  peer.signInAs("ada");
});

afterEach(() => peer.behave());

afterAll(async () => {
  await Promise.all([peer.close(), trap.stop()]);
});

const foreign = await newKey("foreign");

const REFUSED = { ok: false, error: { code: "provider_error", reason: "bad_id_token" } } as const;

async function newKey(kid: string) {
  const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
  const publicJwk: JWK = { ...(await exportJWK(publicKey)), kid, alg: "RS256", use: "sig" };
  return { privateKey, publicJwk };
}

/** Signs in where the id token is signed by the attacker's key, under a header of theirs. */
async function signedByForeign(header: Readonly<Record<string, unknown>>) {
  peer.forgeIdToken((claims) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: "RS256", ...header } as JWTHeaderParameters)
      .sign(foreign.privateKey),
  );
  return await signInBy(clientAtWork().client, openidProvider(peer));
}

/** Adds keys to those that the provider shows. */
function showKeys(...keys: readonly JWK[]): void {
  peer.tamper("/jwks", async (answer) => {
    const { keys: own } = (await answer.json()) as { keys: JWK[] };
    return Response.json({ keys: [...own, ...keys] });
  });
}

test("the forge itself changes nothing: a key that the provider shows is taken", async () => {
  showKeys(foreign.publicJwk);
  expect((await signedByForeign({ kid: "foreign" })).ok).toBe(true);
});

test("a key that a token brings along, or says where to fetch, is not looked at (jwk, jku, x5u, x5c)", async () => {
  const own = (await clientKeys())[0]?.kid;
  for (const kid of [undefined, "foreign", own]) {
    const named = kid === undefined ? {} : { kid };
    for (const header of [
      { jwk: foreign.publicJwk },
      { jku: trap.url },
      { x5u: trap.url },
      { x5c: ["MIIB"] },
      {},
    ]) {
      expect(await signedByForeign({ ...named, ...header })).toEqual(REFUSED);
    }
  }
  expect(trap.calls).toBe(0);
});

/** The keys that the provider shows. */
async function clientKeys(): Promise<readonly JWK[]> {
  const answer = await fetch(`${peer.issuer}/jwks`);
  return ((await answer.json()) as { keys: JWK[] }).keys;
}

test("a key that is not for signing, or for another algorithm, signs nothing (key confusion)", async () => {
  const { publicJwk } = foreign;
  for (const key of [
    { ...publicJwk, use: "enc" },
    { ...publicJwk, alg: "PS256" },
    { ...publicJwk, alg: "RSA-OAEP" },
    { ...publicJwk, key_ops: ["encrypt"] },
    { kty: "oct", k: "c2VjcmV0", kid: "foreign", alg: "HS256" },
  ]) {
    showKeys(key);
    expect(await signedByForeign({ kid: "foreign" })).toEqual(REFUSED);
    peer.behave();
  }
});

test("an extension that must be understood is refused, since it is not (crit)", async () => {
  peer.forgeIdToken((claims, sign) => sign(claims, "critical"));
  expect(await signInBy(clientAtWork().client, openidProvider(peer))).toEqual(REFUSED);
});

import { afterAll, beforeAll, expect, test } from "bun:test";
import {
  createRemoteJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  generateKeyPair,
  jwtVerify,
  SignJWT,
} from "jose";
import { type Account, type Deployment, openDeployment } from "../support/deployment.ts";
import { expectProblem } from "../support/expect_problem.ts";
import { forgeToken } from "../support/forge_token.ts";

let deployment: Deployment;
let ada: Account;
let eve: Account;

beforeAll(async () => {
  deployment = await openDeployment();
  [ada, eve] = await Promise.all([
    deployment.newAccount({ username: "ada" }),
    deployment.newAccount({ username: "eve" }),
  ]);
});

afterAll(async () => {
  await deployment.close();
});

const ME = "/api/v1/auth/me";

/** A cookie of an account's browser. */
function cookieOf(account: Account, name: string): string {
  const value = account.browser.jar.find(name);
  if (value === undefined) throw new Error(`Cannot find the cookie ${name}`);
  return value;
}

/** Asks who one is, with these headers and nothing else. */
async function askMe(headers: Readonly<Record<string, string>>) {
  return await deployment.visitor().get(ME, { headers });
}

test("the access token is a JWS with EdDSA, typ at+jwt, a kid, and the claims of the contract", () => {
  const token = cookieOf(ada, "access_token");
  const header = decodeProtectedHeader(token);
  expect(header).toMatchObject({ alg: "EdDSA", typ: "at+jwt", kid: expect.any(String) });
  const { iat = 0, exp = 0, ...claims } = decodeJwt(token);
  expect(claims).toEqual({
    iss: deployment.server.publicUrl,
    aud: expect.any(String),
    sub: ada.id,
    sid: expect.any(String),
    jti: expect.any(String),
    token_type: "access",
    user_id: Number(ada.id),
    username: "ada",
    email: "ada@example.com",
  });
  expect(exp - iat).toBe(900);
  expect(Math.abs(iat - Date.now() / 1_000)).toBeLessThan(60);
});

test("the refresh token says the same without username and email, and lives 7 days", () => {
  const token = cookieOf(ada, "refresh_token");
  const { iat = 0, exp = 0, ...claims } = decodeJwt(token);
  const { sid } = decodeJwt(cookieOf(ada, "access_token"));
  expect(claims).toEqual({
    iss: deployment.server.publicUrl,
    aud: expect.any(String),
    sub: ada.id,
    sid,
    jti: expect.any(String),
    token_type: "refresh",
    user_id: Number(ada.id),
  });
  expect(exp - iat).toBe(7 * 86_400);
});

test("sid is the session's public id, as in the list of sessions, and not the cookie", async () => {
  const { sid } = decodeJwt(cookieOf(ada, "access_token"));
  const list = await ada.browser.get("/api/v1/auth/sessions");
  const { items } = list.json as { items: { id: string; current: boolean }[] };
  expect(items.find(({ current }) => current)?.id).toBe(sid as string);
  const answer = await askMe({ Cookie: `sessionid=${sid}` });
  expectProblem(answer, "invalid_token");
});

test("jwks.json serves the public keys that verify both tokens, and no private half", async () => {
  const url = `${deployment.server.url}/.well-known/jwks.json`;
  const keys = createRemoteJWKSet(new URL(url));
  const issuer = deployment.server.publicUrl;
  for (const name of ["access_token", "refresh_token"]) {
    const { protectedHeader } = await jwtVerify(cookieOf(ada, name), keys, { issuer });
    expect(protectedHeader.alg).toBe("EdDSA");
  }
  const set = (await (await fetch(url)).json()) as { keys: Record<string, unknown>[] };
  expect(set.keys.length).toBeGreaterThanOrEqual(2);
  for (const key of set.keys) {
    expect(key).toMatchObject({ kty: "OKP", crv: "Ed25519", use: "sig", kid: expect.any(String) });
    expect(Object.keys(key)).not.toContain("d");
  }
});

test("an expired access_token cookie beside a live sessionid falls through to it", async () => {
  const like = cookieOf(ada, "access_token");
  const expired = await forgeToken(deployment, { like, expiresAt: Date.now() - 1_000 });
  const session = cookieOf(ada, "sessionid");
  const both = { Cookie: `access_token=${expired}; sessionid=${session}` };
  expect((await askMe(both)).json).toMatchObject({ username: "ada" });
  expectProblem(await askMe({ Cookie: `access_token=${expired}` }), "token_expired");
  const bearer = { Authorization: `Bearer ${expired}`, Cookie: `sessionid=${session}` };
  expectProblem(await askMe(bearer), "token_expired");
  const ended = { Cookie: `access_token=${expired}; sessionid=nonsense` };
  expectProblem(await askMe(ended), "invalid_token");
});

test("a token of one type is refused where the other is meant (token confusion)", async () => {
  const [access, refresh] = [cookieOf(ada, "access_token"), cookieOf(ada, "refresh_token")];
  expectProblem(await askMe({ Authorization: `Bearer ${refresh}` }), "invalid_token");
  expectProblem(await askMe({ Cookie: `access_token=${refresh}` }), "invalid_token");
  const body = { refresh_token: access };
  const refreshed = await deployment.visitor().post("/api/v1/auth/refresh", body);
  expectProblem(refreshed, "invalid_token");
});

test("a token that we did not sign is refused (alg none, another key, a symmetric one)", async () => {
  const token = cookieOf(ada, "access_token");
  const [, payload = "", signature = ""] = token.split(".");
  const header = decodeProtectedHeader(token);
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const url = `${deployment.server.url}/.well-known/jwks.json`;
  const { keys } = (await (await fetch(url)).json()) as { keys: { x: string }[] };
  const publicKey = Buffer.from(keys[0]?.x ?? "", "base64url");
  const { privateKey } = await generateKeyPair("EdDSA");
  const sign = (alg: string, key: CryptoKey | Uint8Array) =>
    new SignJWT(decodeJwt(token)).setProtectedHeader({ ...header, alg }).sign(key);
  const claims = { ...decodeJwt(token), user_id: Number(eve.id), sub: eve.id };
  const forged = [
    `${part({ ...header, alg: "none" })}.${payload}.`,
    `${part({ ...header, alg: "none" })}.${payload}.${signature}`,
    `${part(header)}.${part(claims)}.${signature}`,
    `${part({ ...header, kid: "other" })}.${payload}.${signature}`,
    `${part({ ...header, typ: "JWT" })}.${payload}.${signature}`,
    await sign("EdDSA", privateKey),
    await sign("HS256", publicKey),
  ];
  for (const one of forged) {
    expectProblem(await askMe({ Authorization: `Bearer ${one}` }), "invalid_token");
  }
});

import { afterAll, beforeAll, expect, test } from "bun:test";
import {
  createHmac,
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from "node:crypto";
import { decodeJwt, decodeProtectedHeader } from "jose";
import { type Account, type Deployment, openDeployment } from "../support/deployment.ts";
import { expectProblem } from "../support/expect_problem.ts";
import { forgeToken } from "../support/forge_token.ts";
import { untilKeysLearnt } from "../support/keys_learnt.ts";
import { AUTH, askMe, askMeBy, cookieOf, newPair, type Pair } from "./_acts.ts";

let deployment: Deployment;
let account: Account;
let pair: Pair;

beforeAll(async () => {
  deployment = await openDeployment();
  account = await deployment.newAccount();
  pair = await newPair(deployment, account);
});

afterAll(async () => {
  await deployment.close();
});

type Json = Readonly<Record<string, unknown>>;

function encode(value: Json): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

/** Writes a token of any header and claims, signed by any means. */
function write(header: Json, claims: Json, by: (input: string) => Buffer): string {
  const input = `${encode(header)}.${encode(claims)}`;
  return `${input}.${by(input).toString("base64url")}`;
}

function bySecret(secret: string | Buffer): (input: string) => Buffer {
  return (input) => createHmac("sha256", secret).update(input).digest();
}

function byKey(key: KeyObject): (input: string) => Buffer {
  return (input) => sign(null, Buffer.from(input), key);
}

function headerOf(token: string): Json {
  return decodeProtectedHeader(token) as Json;
}

function claimsOf(token: string): Json {
  return decodeJwt(token);
}

/** Fails unless a token is refused wherever a token is taken. */
async function expectWorthless(token: string): Promise<void> {
  expectProblem(await askMe(deployment, token), "invalid_token");
  expectProblem(await askMeBy(deployment, `access_token=${token}`), "invalid_token");
  expectProblem(await askMeBy(deployment, `sessionid=${token}`), "invalid_token");
  const body = { refresh_token: token };
  expectProblem(await deployment.visitor().post(`${AUTH}/refresh`, body), "invalid_token");
}

test("a token without a signature is refused, in any spelling of none (alg none)", async () => {
  const { access_token: token } = pair;
  for (const alg of ["none", "None", "NONE", "nOnE", "", null, undefined]) {
    for (const signature of ["", "x", token.split(".")[2]]) {
      const header = encode({ ...headerOf(token), alg });
      await expectWorthless(`${header}.${encode(claimsOf(token))}.${signature}`);
    }
  }
});

test("a token signed with the public key as a secret is refused (algorithm confusion)", async () => {
  const { access_token: token } = pair;
  const answer = await deployment.visitor().get("/.well-known/jwks.json");
  const { keys } = answer.json as { keys: readonly { kid: string; x: string }[] };
  for (const { kid, x } of keys) {
    const spellings = [x, Buffer.from(x, "base64url"), JSON.stringify({ kid, x }), kid];
    for (const secret of spellings) {
      for (const alg of ["HS256", "HS512", "EdDSA"]) {
        const header = { ...headerOf(token), alg, kid };
        await expectWorthless(write(header, claimsOf(token), bySecret(secret)));
      }
    }
  }
});

test("a key named in the token itself is not taken (kid, jwk, jku and x5u injection)", async () => {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const jwk = { ...publicKey.export({ format: "jwk" }), kid: "mine", alg: "EdDSA", use: "sig" };
  const { access_token: token } = pair;
  const kids = [
    "mine",
    "",
    "../../data/postern.key",
    "x' OR '1'='1",
    "__proto__",
    "constructor",
    "toString",
    ["signing"],
    { length: 1 },
    7,
    null,
    headerOf(token)["kid"],
    `${String(headerOf(token)["kid"])}\u0000`,
    "k".repeat(2_000),
  ];
  for (const kid of kids) {
    const injected = { jwk, jku: "http://127.0.0.1:1/keys", x5u: "http://127.0.0.1:1/cert" };
    const header = { alg: "EdDSA", typ: "at+jwt", kid, ...injected };
    await expectWorthless(write(header, claimsOf(token), byKey(privateKey)));
  }
});

test("a genuine signature holds for nothing but what was signed (tampered claims with a live sid)", async () => {
  const { access_token: token } = pair;
  const victim = await deployment.newAccount();
  const sid = decodeJwt(cookieOf(victim.browser, "access_token"))["sid"];
  const [header = "", , signature = ""] = token.split(".");
  const changes: Json[] = [
    { sub: victim.id, user_id: Number(victim.id) },
    { sid },
    { sid, sub: victim.id, user_id: Number(victim.id) },
    { exp: 4_000_000_000 },
    { token_type: "refresh" },
    { iss: "https://elsewhere.example" },
  ];
  for (const change of changes) {
    await expectWorthless(`${header}.${encode({ ...claimsOf(token), ...change })}.${signature}`);
  }
  const cut = [
    `${header}..${signature}`,
    `${token}.x`,
    token.slice(0, -2),
    `${token}AA`,
    ` ${token}`,
  ];
  for (const odd of [...cut, token.toUpperCase(), "..", ".", "a.b.c", "\u{1f600}"]) {
    const answer = await askMeBy(deployment, `access_token=${encodeURIComponent(odd)}`);
    expectProblem(answer, "invalid_token");
  }
});

/** The server's own signing key, as somebody has it who stole file and root key. */
async function stolenKey(): Promise<KeyObject> {
  const { createVault } = await import("@postern/server/adapters/vault.ts");
  const { deriveKey, random } = await import("@postern/server/adapters/crypto.ts");
  const root = Buffer.from(
    (await Bun.file(`${deployment.folder}/data/postern.key`).text()).trim(),
    "base64url",
  );
  const rootKey = { id: "root", bytes: deriveKey(root, "keys") };
  const [row] = deployment.sql<{ id: string; sealed_secret: string }>(
    "SELECT id, sealed_secret FROM keys WHERE ring = 'signing' AND state = 'current'",
  );
  if (row === undefined) throw new Error("There is no signing key");
  const opened = createVault({ random }).open(() => rootKey, `key:${row.id}`, row.sealed_secret);
  if (!opened.ok) throw new Error(opened.error.code);
  return createPrivateKey({ key: JSON.parse(opened.value), format: "jwk" });
}

test("our own key's signature is not enough: type, issuer, audience and claims must be right", async () => {
  const by = byKey(await stolenKey());
  const { access_token: token } = pair;
  const header = headerOf(token);
  const claims = claimsOf(token);
  expect((await askMe(deployment, write(header, claims, by))).status).toBe(200);
  const wrong: readonly (readonly [Json, Json])[] = [
    [{ ...header, typ: "JWT" }, claims],
    [{ ...header, typ: "rt+jwt" }, claims],
    [{ ...header, typ: undefined }, claims],
    [{ ...header, crit: ["exp"] }, claims],
    [{ ...header, crit: ["b64"], b64: false }, claims],
    [header, { ...claims, iss: "https://elsewhere.example" }],
    [header, { ...claims, iss: undefined }],
    [header, { ...claims, aud: "https://elsewhere.example" }],
    [header, { ...claims, aud: [] }],
    [header, { ...claims, token_type: "refresh" }],
    [header, { ...claims, token_type: undefined }],
    [header, { ...claims, sid: undefined }],
    [header, { ...claims, sid: 7 }],
    [header, { ...claims, exp: undefined }],
    [header, { ...claims, exp: "4000000000" }],
    [header, { ...claims, user_id: String(claims["user_id"]) }],
  ];
  for (const [otherHeader, otherClaims] of wrong) {
    await expectWorthless(write(otherHeader, otherClaims, by));
  }
  const ended: Json[] = [{ sid: crypto.randomUUID() }, { user_id: 999_999 }];
  for (const change of ended) {
    const answer = await askMe(deployment, write(header, { ...claims, ...change }, by));
    expectProblem(answer, "session_ended");
  }
});

test("an expired token is refused at its very second, and is no refresh token", async () => {
  const token = await forgeToken(deployment, {
    like: pair.access_token,
    expiresAt: Date.now() - 1,
  });
  expectProblem(await askMe(deployment, token), "token_expired");
  expectProblem(await askMeBy(deployment, `access_token=${token}`), "token_expired");
  const body = { refresh_token: token };
  expectProblem(await deployment.visitor().post(`${AUTH}/refresh`, body), "invalid_token");
});

test("no credential works in another's place (token confusion)", async () => {
  const { browser } = account;
  const session = cookieOf(browser, "sessionid");
  const access = cookieOf(browser, "access_token");
  const refresh = cookieOf(browser, "refresh_token");
  // Warm, so that what is remembered of one is not found for another.
  expect((await browser.get(`${AUTH}/me`)).status).toBe(200);
  expect((await askMeBy(deployment, `sessionid=${session}`)).status).toBe(200);
  for (const token of [session, refresh, cookieOf(browser, "csrftoken")]) {
    expectProblem(await askMe(deployment, token), "invalid_token");
    expectProblem(await askMeBy(deployment, `access_token=${token}`), "invalid_token");
  }
  for (const cookie of [access, refresh, decodeJwt(access)["sid"]]) {
    expectProblem(await askMeBy(deployment, `sessionid=${String(cookie)}`), "invalid_token");
  }
  expectProblem(await askMeBy(deployment, `refresh_token=${refresh}`), "unauthenticated");
  expectProblem(
    await askMeBy(deployment, `browser=${session}; csrftoken=${session}`),
    "unauthenticated",
  );
  for (const sent of [access, session]) {
    const answer = await deployment.visitor().post(`${AUTH}/refresh`, { refresh_token: sent });
    expectProblem(answer, "invalid_token");
  }
  const query = `${AUTH}/me?access_token=${access}&token=${access}&sessionid=${session}&ticket=${access}`;
  expectProblem(await deployment.visitor().get(query), "unauthenticated");
});

test("what is stored of a session opens nothing (stolen database)", async () => {
  const rows = deployment.sql<{ id: string; secret_hash: string }>(
    "SELECT id, secret_hash FROM sessions",
  );
  for (const { id, secret_hash } of rows) {
    for (const value of [id, secret_hash]) {
      expectProblem(await askMeBy(deployment, `sessionid=${value}`), "invalid_token");
    }
  }
});

test("tokens of a rotated key work on, those of a compromised key are worthless within a second", async () => {
  const before = await newPair(deployment, account);
  const rotatedAt = Date.now();
  await deployment.admin("rotate", "signing");
  await untilKeysLearnt(deployment, rotatedAt);
  expect((await askMe(deployment, before.access_token)).status).toBe(200);
  const body = { refresh_token: before.refresh_token };
  const answer = await deployment.visitor().post(`${AUTH}/refresh`, body);
  const after = answer.json as Pair;
  const kid = String(headerOf(before.access_token)["kid"]);
  const droppedAt = Date.now();
  await deployment.admin("rotate", "signing", "--compromise", "--key", kid);
  await untilKeysLearnt(deployment, droppedAt);
  await expectWorthless(before.access_token);
  await expectWorthless(before.refresh_token);
  expect((await askMe(deployment, after.access_token)).status).toBe(200);
});

/**
 * A provider that posts its answer, and wants a secret that is signed for each call, as Apple does.
 *
 * @module
 */

import { afterAll, beforeAll, expect, test } from "bun:test";
import { createPublicKey, generateKeyPairSync, type KeyObject, verify } from "node:crypto";
import { decodeJwt, decodeProtectedHeader } from "jose";
import { type Deployment, openDeployment, type Visitor } from "../support/deployment.ts";
import { expectProblem } from "../support/expect_problem.ts";
import { followVisit } from "../support/follow_visit.ts";
import type { Answer } from "../support/http_client.ts";
import { type OidcPeer, startOidcPeer } from "../support/oidc_peer.ts";
import { runAdmin } from "../support/operator.ts";
import { AUTH } from "./_acts.ts";

const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const KEY_LINE = privateKey.export({ type: "pkcs8", format: "der" }).toString("base64");

let peer: OidcPeer;
let deployment: Deployment;

beforeAll(async () => {
  peer = await startOidcPeer({ answersByPost: true, clientAuth: "client_secret_post" });
  peer.secrets.clear();
  peer.judgeSecretsBy((secret) => isSignedFor(secret, publicKey));
  deployment = await openDeployment({
    env: {
      OIDC_POSTING_ISSUER: peer.issuer,
      OIDC_POSTING_CLIENT_ID: peer.clientId,
      OIDC_POSTING_CLIENT_SECRET: `apple:TEAM012345:KEY0123456:${KEY_LINE}`,
    },
  });
  peer.allow(callbackUrl());
  peer.people.set("ada", { sub: "ada", email: "ada@people.example", email_verified: "true" });
  peer.signInAs("ada");
});

afterAll(async () => {
  await deployment.close();
  await peer.close();
});

/** As Apple judges: by the team's key, for this client, at this issuer, and now. */
function isSignedFor(secret: string, key: KeyObject): boolean {
  const [header, payload, signature = ""] = secret.split(".");
  const signed = Buffer.from(`${header}.${payload}`);
  const by = {
    key: createPublicKey(key.export({ type: "spki", format: "pem" })),
    dsaEncoding: "ieee-p1363",
  } as const;
  if (!verify("sha256", signed, by, Buffer.from(signature, "base64url"))) return false;
  const { iss, sub, aud, exp = 0 } = decodeJwt(secret);
  const isOurs = iss === "TEAM012345" && sub === peer.clientId && aud === peer.issuer;
  return isOurs && exp * 1_000 > Date.now() && decodeProtectedHeader(secret).kid === "KEY0123456";
}

const PATH = "/accounts/posting/login/callback";

function callbackUrl(): string {
  return `${deployment.server.publicUrl}${PATH}`;
}

/** Goes to the provider: what its form would post. */
async function formOf(visitor: Visitor): Promise<URLSearchParams> {
  const begun = await visitor.get("/accounts/posting/login?next=/account");
  const back = await followVisit(begun.headers.get("location") ?? "", callbackUrl());
  return back.searchParams;
}

/** Posts as the provider's page does: from its origin, and without our cookies. */
async function post(form: URLSearchParams | string, type?: string): Promise<Answer> {
  return await deployment.visitor().request("POST", PATH, {
    body: form.toString(),
    csrf: false,
    headers: {
      Origin: peer.issuer,
      "Content-Type": type ?? "application/x-www-form-urlencoded",
      "Sec-Fetch-Site": "cross-site",
    },
  });
}

test("an answer that is posted signs up by way of a redirect, on which the browser brings its cookie", async () => {
  const visitor = deployment.visitor();
  const form = await formOf(visitor);
  form.set("user", '{"name":{"firstName":"Eve"}}');
  const sent = await post(form);
  const location = sent.headers.get("location") ?? "";
  expect(sent.status).toBe(303);
  expect(sent.headers.get("cache-control")).toBe("no-store");
  expect(sent.headers.getSetCookie()).toEqual([]);
  expect(location).toStartWith(`${PATH}?state=`);
  expect(location).not.toContain("Eve");
  const answer = await visitor.get(location);
  expect([answer.status, answer.headers.get("location")]).toEqual([302, "/account"]);
  expect((await visitor.get(`${AUTH}/me`)).json).toMatchObject({ email: "ada@people.example" });
  expect(deployment.sql("SELECT sealed_secret FROM providers")).not.toContain(KEY_LINE);
});

test("posted to a browser that did not begin, it signs nobody in (login CSRF)", async () => {
  const attacker = deployment.visitor();
  const sent = await post(await formOf(attacker));
  const victim = deployment.visitor();
  const answer = await victim.get(sent.headers.get("location") ?? "");
  expect(answer.headers.get("location")).toBe("/login?error=state_mismatch");
  expect((await victim.get(`${AUTH}/me`)).status).toBe(401);
});

test("a post leads nowhere but to the callback of its own path, whatever it holds (open redirect, header injection)", async () => {
  const values = [
    "//evil.example",
    "https://evil.example",
    "x\r\nSet-Cookie: sessionid=x",
    "%0d%0a",
    "#",
    "../..",
  ];
  for (const value of values) {
    const form = new URLSearchParams({
      state: value,
      code: value,
      next: value,
      redirect_uri: value,
    });
    const sent = await post(form);
    const location = new URL(sent.headers.get("location") ?? "", "http://localhost");
    expect([sent.status, location.origin, location.pathname]).toEqual([
      303,
      "http://localhost",
      PATH,
    ]);
    expect([...location.searchParams.keys()]).toEqual(["state", "code"]);
    expect(sent.headers.getSetCookie()).toEqual([]);
  }
  const odd = await deployment
    .visitor()
    .request("POST", "/accounts/%2F%2Fevil.example/login/callback", {
      body: "state=x",
      csrf: false,
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
    });
  expect(odd.headers.get("location") ?? "/accounts/").toStartWith("/accounts/");
});

test("what is no form is refused; what says something twice or at length is told on a page", async () => {
  expectProblem(await post("{}", "application/json"), "unsupported_media_type");
  expectProblem(await post("state=a", "multipart/form-data; boundary=x"), "unsupported_media_type");
  const long = await post(`code=${"x".repeat(3_000)}`);
  expect([long.status, long.headers.get("location")]).toEqual([303, "/login?error=provider_error"]);
  for (const name of ["state", "code", "error", "iss"]) {
    const visitor = deployment.visitor();
    const form = await formOf(visitor);
    form.append(name, "one");
    form.append(name, "another");
    const sent = await post(form);
    expect(sent.status).toBe(303);
    const answer = await visitor.get(sent.headers.get("location") ?? "");
    const error = name === "state" || name === "iss" ? "state_mismatch" : "provider_error";
    expect([answer.status, answer.headers.get("location")]).toEqual([302, `/login?error=${error}`]);
    expect((await visitor.get(`${AUTH}/me`)).status).toBe(401);
  }
  expectProblem(await post(`code=${"x".repeat(70_000)}`), "too_large");
});

test("the check takes the key, too, and a key that is none is told as such", async () => {
  const good = await deployment.admin("providers", "check", "posting", "--json");
  expect([good.exitCode, good.objects()[0]?.["ok"]]).toEqual([0, true]);

  const broken = `apple:TEAM012345:KEY0123456:${KEY_LINE.slice(0, 40)}`;
  const { folder } = deployment;
  await runAdmin({ folder, input: broken }, "providers", "replace-secret", "posting", "--json");
  const bad = await deployment.admin("providers", "check", "posting");
  expect(bad.stdout).toContain("It refuses the current secret, and takes the one before");
  // Meanwhile the one before still serves.
  const visitor = deployment.visitor();
  const sent = await post(await formOf(visitor));
  const answer = await visitor.get(sent.headers.get("location") ?? "");
  expect(answer.headers.get("location")).toBe("/account");
});

test("no key, code or state of it is in the log or in an event", async () => {
  const visitor = deployment.visitor();
  const form = await formOf(visitor);
  await visitor.get((await post(form)).headers.get("location") ?? "");
  const said = [
    deployment.server.output(),
    JSON.stringify(deployment.sql("SELECT * FROM events")),
  ].join("\n");
  for (const secret of [form.get("code"), form.get("state"), KEY_LINE]) {
    expect(secret).toBeString();
    expect(said).not.toContain(secret ?? "");
  }
});

import { afterAll, beforeAll, expect, test } from "bun:test";
import { decodeProtectedHeader } from "jose";
import {
  type Account,
  type Deployment,
  openDeployment,
  type Visitor,
} from "../support/deployment.ts";
import { expectProblem } from "../support/expect_problem.ts";
import { publishedKeys, untilKeysLearnt } from "../support/keys_learnt.ts";

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment();
});

afterAll(async () => {
  await deployment.close();
});

const ME = "/api/v1/auth/me";

/** What a rotation says. */
interface Rotated {
  readonly ring: string;
  readonly current: string;
  readonly previous: string;
  readonly ends: { readonly sessions: number; readonly tokens: number };
}

async function rotate(...args: readonly string[]): Promise<Rotated> {
  const since = Date.now();
  const end = await deployment.admin("rotate", ...args, "--json");
  expect([end.exitCode, end.stderr]).toEqual([0, ""]);
  expect(end.objects()).toHaveLength(1);
  await untilKeysLearnt(deployment, since);
  return end.objects()[0] as unknown as Rotated;
}

function keyOf(visitor: Visitor): string {
  return String(decodeProtectedHeader(visitor.jar.find("access_token") ?? "").kid);
}

async function isIn({ browser }: Pick<Account, "browser">): Promise<boolean> {
  return (await browser.get(ME)).status === 200;
}

test("rotate signing: the next key was published before it signs, the old one still verifies, nobody is signed out", async () => {
  const account = await deployment.newAccount();
  const before = await publishedKeys(deployment);
  const old = keyOf(account.browser);
  const rotated = await rotate("signing");
  expect(rotated).toMatchObject({
    ring: "signing",
    previous: old,
    ends: { sessions: 0, tokens: 0 },
  });
  expect(before).toContain(rotated.current);
  const after = await publishedKeys(deployment);
  expect(after).toEqual(expect.arrayContaining([rotated.current, old]));
  expect(after.filter((kid) => !before.includes(kid))).toHaveLength(1);
  expect(await isIn(account)).toBe(true);
  const fresh = await deployment.signIn(account);
  expect(keyOf(fresh)).toBe(rotated.current);
  expect((await account.browser.post("/api/v1/auth/refresh")).status).toBe(200);
  expect(keyOf(account.browser)).toBe(rotated.current);
  expect(await isIn(account)).toBe(true);
}, 180_000);

test("rotate signing --compromise ends exactly the sessions that the key signed, and drops it at once", async () => {
  const [early, late] = [await deployment.newAccount(), await deployment.newAccount()];
  const lost = keyOf(early.browser);
  const { current } = await rotate("signing");
  await late.browser.post("/api/v1/auth/refresh");
  const open = "SELECT count(*) AS n FROM sessions WHERE ended_at IS NULL";
  const [before] = deployment.sql<{ n: number }>(open);
  expect([keyOf(early.browser), keyOf(late.browser)]).toEqual([lost, current]);
  const rotated = await rotate("signing", "--compromise", "--key", lost);
  expect(rotated.ring).toBe("signing");
  const [after] = deployment.sql<{ n: number }>(open);
  expect(rotated.ends.sessions).toBe((before?.n ?? 0) - (after?.n ?? 0));
  expect(rotated.ends.sessions).toBeGreaterThanOrEqual(1);
  expect(await publishedKeys(deployment)).not.toContain(lost);
  const stolen = { headers: { Authorization: `Bearer ${early.browser.jar.find("access_token")}` } };
  expectProblem(await deployment.visitor().get(ME, stolen), "invalid_token");
  const cookie = { headers: { Cookie: `sessionid=${early.browser.jar.find("sessionid")}` } };
  expectProblem(await deployment.visitor().get(ME, cookie), "session_ended");
  expect(await isIn(late)).toBe(true);
  expect((await late.browser.post("/api/v1/auth/refresh")).status).toBe(200);
}, 180_000);

test("rotate --compromise of a key that is not current says that the current one stays", async () => {
  const { previous: lost, current } = await rotate("cookies");
  const end = await deployment.admin("rotate", "cookies", "--compromise", "--key", lost);
  expect(end.exitCode).toBe(0);
  expect(end.stdout).toContain(`cookies: ${lost} is dropped; ${current} is current as before.`);
}, 180_000);

test("rotate signing --compromise of the current key replaces it and the next, and ends what it signed", async () => {
  const account = await deployment.newAccount();
  const before = await publishedKeys(deployment);
  const current = keyOf(account.browser);
  const rotated = await rotate("signing", "--compromise");
  expect(rotated.previous).toBe(current);
  expect(before).not.toContain(rotated.current);
  expect(await publishedKeys(deployment)).not.toContain(current);
  expect(await isIn(account)).toBe(false);
  const again = await deployment.signIn(account);
  expect(keyOf(again)).toBe(rotated.current);
  expect((await again.get(ME)).status).toBe(200);
}, 180_000);

test("rotate cookies: a pair made before still counts, and a new one is made with the new key", async () => {
  const account = await deployment.newAccount();
  const pair = account.browser.jar.find("csrftoken");
  const rotated = await rotate("cookies");
  expect(rotated).toMatchObject({ ring: "cookies", ends: { sessions: 0, tokens: 0 } });
  const act = async () => await account.browser.request("PATCH", ME, { body: { name: "x" } });
  expect((await act()).status).toBe(200);
  await account.browser.get("/api/v1/auth/csrf");
  expect(account.browser.jar.find("csrftoken")).not.toBe(pair);
  expect((await act()).status).toBe(200);
}, 180_000);

test("rotate cookies --compromise: a pair made before counts no longer, and nobody is signed out", async () => {
  const account = await deployment.newAccount();
  await rotate("cookies", "--compromise");
  const act = async () => await account.browser.request("PATCH", ME, { body: { name: "x" } });
  expectProblem(await act(), "csrf_failed");
  expect(await isIn(account)).toBe(true);
  await account.browser.get("/api/v1/auth/csrf");
  expect((await act()).status).toBe(200);
}, 180_000);

test("rotate secrets: mail that waits is still sent, and a refresh is still answered again", async () => {
  const account = await deployment.newAccount();
  const spent = account.browser.jar.find("refresh_token");
  const csrf = account.browser.jar.find("csrftoken") ?? "";
  deployment.smtp.behave("defer");
  const waiting = { email: account.email };
  await deployment.visitor().post("/api/v1/auth/password/forgot", waiting);
  expect((await account.browser.post("/api/v1/auth/refresh")).status).toBe(200);
  const rotated = await rotate("secrets");
  expect(rotated).toMatchObject({ ring: "secrets", ends: { sessions: 0, tokens: 0 } });
  const headers = { Cookie: `refresh_token=${spent}; csrftoken=${csrf}`, "X-CSRFToken": csrf };
  const again = await deployment.visitor().post("/api/v1/auth/refresh", undefined, { headers });
  expect(again.status).toBe(200);
  deployment.smtp.behave("accept");
  deployment.sql("UPDATE outbox SET due_at = 0 WHERE sent_at IS NULL");
  // A second mail wakes the sender.
  await deployment.visitor().post("/api/v1/auth/password/forgot", waiting);
  expect((await deployment.nextLink(account.email)).token).toBeString();
}, 180_000);

test("a rotation is an event of the operator's", async () => {
  const { current, previous } = await rotate("signing");
  const [event] = (await deployment.admin("events", "--limit", "1", "--json")).objects();
  expect(event).toMatchObject({
    action: "admin.secrets.rotate",
    actor: { type: "operator" },
    details: { ring: "signing", current, previous, ends: { sessions: 0, tokens: 0 } },
  });
}, 180_000);

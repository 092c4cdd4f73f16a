import { afterAll, beforeAll, expect, test } from "bun:test";
import { decodeJwt } from "jose";
import {
  type Account,
  type Deployment,
  openDeployment,
  type Visitor,
} from "../support/deployment.ts";
import { eventually } from "../support/eventually.ts";
import { expectProblem } from "../support/expect_problem.ts";
import { forgeToken } from "../support/forge_token.ts";

let deployment: Deployment;
let accounts: readonly Account[];
let turn = 0;

beforeAll(async () => {
  deployment = await openDeployment();
  accounts = await Promise.all(Array.from({ length: 6 }, () => deployment.newAccount()));
});

afterAll(async () => {
  await deployment.close();
});

const REFRESH = "/api/v1/auth/refresh";
const ME = "/api/v1/auth/me";

/** A pair of tokens in an answer. */
interface Pair {
  readonly access_token: string;
  readonly refresh_token: string;
}

/** An account, in turns: limits count sign-ins to one. */
function nextAccount(): Account {
  turn += 1;
  const account = accounts[turn % accounts.length];
  if (account === undefined) throw new Error("There are no accounts");
  return account;
}

async function newPair(account = nextAccount()): Promise<Pair> {
  const { username: identifier, password } = account;
  const answer = await deployment.visitor().post("/api/v1/auth/token", { identifier, password });
  expect(answer.status).toBe(200);
  return answer.json as Pair;
}

async function refresh(token: string) {
  return await deployment.visitor().post(REFRESH, { refresh_token: token });
}

async function refreshed(token: string): Promise<Pair> {
  const answer = await refresh(token);
  expect(answer.status).toBe(200);
  return answer.json as Pair;
}

async function isSignedIn(access: string): Promise<boolean> {
  const headers = { Authorization: `Bearer ${access}` };
  return (await deployment.visitor().get(ME, { headers })).status === 200;
}

/** Moves the spending of a token into the past, as if so many milliseconds had gone by. */
function age(token: string, ms: number): void {
  const { jti } = decodeJwt(token);
  deployment.sql("UPDATE refresh_tokens SET spent_at = spent_at - ? WHERE id = ?", ms, jti ?? "");
}

function lineageOf(token: string): readonly unknown[] {
  const { sid } = decodeJwt(token);
  const open = "SELECT id FROM refresh_tokens WHERE session_id = ? AND spent_at IS NULL";
  return deployment.sql(open, String(sid));
}

/** Sends a browser's cookies as they are, without keeping what comes back. */
async function refreshWith(
  visitor: Visitor,
  cookies: Readonly<Record<string, string | undefined>>,
) {
  const header = Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
  const csrf = cookies["csrftoken"] ?? null;
  return await deployment.visitor().post(REFRESH, undefined, {
    headers: { Cookie: header.join("; "), "X-CSRFToken": csrf, "X-Forwarded-For": visitor.address },
  });
}

function cookiesOf(visitor: Visitor): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries([...visitor.jar.cookies].map(([name, { value }]) => [name, value]));
}

test.concurrent("a refresh token in the body is answered with a new pair in the body, and no cookie", async () => {
  const pair = await newPair();
  const answer = await refresh(pair.refresh_token);
  expect(answer.json).toEqual({
    access_token: expect.any(String),
    refresh_token: expect.any(String),
    token_type: "Bearer",
    expires_in: 900,
  });
  expect(answer.headers.getSetCookie()).toEqual([]);
  const next = answer.json as Pair;
  expect(next.refresh_token).not.toBe(pair.refresh_token);
  expect(await isSignedIn(next.access_token)).toBe(true);
  expect(decodeJwt(next.access_token)["sid"]).toBe(decodeJwt(pair.access_token)["sid"]);
});

test.concurrent("a refresh cookie is answered with new cookies, and no token in the body", async () => {
  const visitor = await deployment.signIn(nextAccount());
  const before = cookiesOf(visitor);
  const answer = await visitor.post(REFRESH);
  expect(answer.status).toBe(200);
  expect(answer.json).toEqual({ expires_in: 900 });
  const after = cookiesOf(visitor);
  expect(after["access_token"]).not.toBe(before["access_token"]);
  expect(after["refresh_token"]).not.toBe(before["refresh_token"]);
  expect(after["sessionid"]).toBe(before["sessionid"]);
  expect((await visitor.get(ME)).status).toBe(200);
});

/** How long ago a session was last seen, by what is stored, milliseconds. */
function restOf(sessionId: string): number {
  const rows = deployment.sql("SELECT seen_at FROM sessions WHERE id = ?", sessionId);
  return Date.now() - Number(rows[0]?.["seen_at"]);
}

test.concurrent("a client that only refreshes stays signed in: a refresh counts as use of the session", async () => {
  const [pair, visitor] = [await newPair(), await deployment.signIn(nextAccount())];
  const [hour, nearlyTwoWeeks] = [3_600_000, 14 * 86_400_000 - 3_600_000];
  const sids = [pair.access_token, visitor.jar.find("access_token") ?? ""].map((token) =>
    String(decodeJwt(token)["sid"]),
  );
  const age = "UPDATE sessions SET seen_at = seen_at - ? WHERE id = ?";
  for (const sid of sids) deployment.sql(age, nearlyTwoWeeks, sid);
  await refreshed(pair.refresh_token);
  expect((await visitor.post(REFRESH)).status).toBe(200);
  for (const sid of sids) expect(restOf(sid)).toBeLessThan(hour);
});

test.concurrent("without a refresh token it is 401 unauthenticated, with a bad one invalid_token", async () => {
  expectProblem(await deployment.visitor().post(REFRESH), "unauthenticated");
  expectProblem(await deployment.visitor().post(REFRESH, {}), "unauthenticated");
  for (const bad of ["", "x", "a.b.c"]) expectProblem(await refresh(bad), "invalid_token");
});

test.concurrent("an expired refresh token is 401 token_expired, and ends nothing", async () => {
  const pair = await newPair();
  const past = {
    like: pair.refresh_token,
    type: "refresh",
    expiresAt: Date.now() - 1_000,
  } as const;
  expectProblem(await refresh(await forgeToken(deployment, past)), "token_expired");
  expect(await isSignedIn(pair.access_token)).toBe(true);
});

test.concurrent("presented again within 10 s: the same successor once more, used or not", async () => {
  const first = await newPair();
  const second = await refreshed(first.refresh_token);
  expect((await refreshed(first.refresh_token)).refresh_token).toBe(second.refresh_token);
  const third = await refreshed(second.refresh_token);
  const again = await refreshed(first.refresh_token);
  expect(again.refresh_token).toBe(second.refresh_token);
  expect((await refreshed(again.refresh_token)).refresh_token).toBe(third.refresh_token);
  expect(lineageOf(first.refresh_token)).toHaveLength(1);
  expect(await isSignedIn(again.access_token)).toBe(true);
});

test.concurrent("20 refreshes at once end in one lineage (race)", async () => {
  const { refresh_token: token } = await newPair();
  const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(token)));
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
  const successors = new Set(answers.map(({ json }) => (json as Pair).refresh_token));
  expect(successors.size).toBe(1);
  expect(lineageOf(token)).toHaveLength(1);
});

test.concurrent("presented later it is theft: family and session end, and the user is mailed", async () => {
  const owner = await deployment.newAccount();
  const stolen = await newPair(owner);
  const next = await refreshed(stolen.refresh_token);
  expect(await isSignedIn(next.access_token)).toBe(true);
  age(stolen.refresh_token, 10_001);
  expectProblem(await refresh(stolen.refresh_token), "session_ended");
  expect(await isSignedIn(next.access_token)).toBe(false);
  expectProblem(await refresh(next.refresh_token), "session_ended");
  const mail = await deployment.smtp.next(owner.email);
  expect(mail.text).not.toContain("#token=");
  expect((await owner.browser.get(ME)).status).toBe(200);
});

test.concurrent("the 10 s are over after 10 s, on a real clock", async () => {
  const first = await newPair();
  const spending = Date.now();
  await refreshed(first.refresh_token);
  const spent = Date.now();
  while (true) {
    const asked = Date.now();
    const answer = await refresh(first.refresh_token);
    if (answer.status !== 200) {
      expectProblem(answer, "session_ended");
      expect(Date.now() - spending).toBeGreaterThanOrEqual(10_000);
      return;
    }
    expect(asked - spent).toBeLessThanOrEqual(10_000);
    await Bun.sleep(250);
  }
}, 60_000);

test.concurrent("the sealed successor of a spent token is forgotten once it may not be handed out", async () => {
  const first = await newPair();
  await refreshed(first.refresh_token);
  const { jti } = decodeJwt(first.refresh_token);
  const sealed = "SELECT id FROM refresh_tokens WHERE id = ? AND successor IS NOT NULL";
  const kept = () => deployment.sql(sealed, jti ?? "").length;
  expect(kept()).toBe(1);
  age(first.refresh_token, 20_000);
  while (kept() > 0) await Bun.sleep(100);
}, 60_000);

test.concurrent("a token spent long ago, that is remembered no more, is theft too", async () => {
  const first = await newPair();
  const second = await refreshed(first.refresh_token);
  age(first.refresh_token, 60_000);
  const third = await refreshed(second.refresh_token);
  const { jti } = decodeJwt(first.refresh_token);
  await eventually(
    "the spent token is forgotten",
    () => deployment.sql("SELECT id FROM refresh_tokens WHERE id = ?", jti ?? "").length === 0,
  );
  expectProblem(await refresh(first.refresh_token), "session_ended");
  expect(await isSignedIn(third.access_token)).toBe(false);
});

test.concurrent("a spent cookie within 10 s is answered too: two tabs, or a lost answer", async () => {
  const visitor = await deployment.signIn(nextAccount());
  const before = cookiesOf(visitor);
  const [one, two] = await Promise.all([
    refreshWith(visitor, before),
    refreshWith(visitor, before),
  ]);
  const cookieIn = (answer: typeof one) =>
    answer.headers
      .getSetCookie()
      .find((line) => line.startsWith("refresh_token="))
      ?.split(";")[0];
  expect([one.status, two.status]).toEqual([200, 200]);
  expect(cookieIn(one)).toBe(cookieIn(two) ?? "");
});

test.concurrent("an unused refresh cookie beside another session's cookie is 401 and ends nothing", async () => {
  const account = nextAccount();
  const [mine, other] = [await deployment.signIn(account), await deployment.signIn(account)];
  const mixed = { ...cookiesOf(mine), refresh_token: other.jar.find("refresh_token") };
  for (const csrftoken of [mine.jar.find("csrftoken"), other.jar.find("csrftoken")]) {
    const answer = await refreshWith(mine, { ...mixed, csrftoken });
    expect([401, 403]).toContain(answer.status);
  }
  expect((await mine.post(REFRESH)).status).toBe(200);
  expect((await other.post(REFRESH)).status).toBe(200);
});

test.concurrent("the CSRF pair is asked of a refresh cookie, and not of a token in the body", async () => {
  const visitor = await deployment.signIn(nextAccount());
  const { csrftoken: _, ...cookies } = cookiesOf(visitor);
  expectProblem(await refreshWith(visitor, cookies), "csrf_failed");
  const foreign = { headers: { Origin: "https://evil.example" } };
  expectProblem(await visitor.post(REFRESH, undefined, foreign), "csrf_failed");
  const { refresh_token: token } = await newPair();
  const bare = { csrf: false, headers: { Origin: null } };
  const answer = await deployment.visitor().post(REFRESH, { refresh_token: token }, bare);
  expect(answer.status).toBe(200);
});

test.concurrent("a refresh of an ended session is 401 session_ended", async () => {
  const pair = await newPair();
  const headers = { Authorization: `Bearer ${pair.access_token}` };
  await deployment.visitor().post("/api/v1/auth/logout", undefined, { headers });
  expectProblem(await refresh(pair.refresh_token), "session_ended");
});

test.concurrent("a family lives 30 days at most: its tokens never outlive it", async () => {
  const pair = await newPair();
  const { sid } = decodeJwt(pair.access_token);
  const left = 60_000;
  const born = Date.now() - 30 * 86_400_000 + left;
  deployment.sql("UPDATE sessions SET created_at = ? WHERE id = ?", born, String(sid));
  const next = await refreshed(pair.refresh_token);
  for (const token of [next.access_token, next.refresh_token]) {
    const { exp = 0 } = decodeJwt(token);
    expect(exp * 1_000).toBeLessThanOrEqual(born + 30 * 86_400_000);
  }
  deployment.sql("UPDATE sessions SET created_at = ? WHERE id = ?", born - left, String(sid));
  expectProblem(await refresh(next.refresh_token), "session_ended");
});

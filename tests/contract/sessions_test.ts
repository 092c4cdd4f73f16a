import { afterAll, beforeAll, expect, test } from "bun:test";
import {
  type Account,
  type Deployment,
  openDeployment,
  type Visitor,
} from "../support/deployment.ts";
import { expectProblem } from "../support/expect_problem.ts";

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment();
});

afterAll(async () => {
  await deployment.close();
});

const SESSIONS = "/api/v1/auth/sessions";
const ME = "/api/v1/auth/me";
const DAY_MS = 86_400_000;

/** A session as the list shows it. */
interface Listed {
  readonly id: string;
  readonly current: boolean;
  readonly created_at: string;
  readonly last_seen_at: string;
}

async function list(visitor: Visitor, query = ""): Promise<readonly Listed[]> {
  const answer = await visitor.get(`${SESSIONS}${query}`);
  expect(answer.status).toBe(200);
  return (answer.json as { items: Listed[] }).items;
}

async function currentId(visitor: Visitor): Promise<string> {
  const current = (await list(visitor)).filter((session) => session.current);
  expect(current).toHaveLength(1);
  return current[0]?.id ?? "";
}

/** Sends nothing but a session cookie. */
async function askBy(visitor: Visitor, path = ME) {
  const headers = { Cookie: `sessionid=${visitor.jar.find("sessionid")}` };
  return await deployment.visitor().get(path, { headers });
}

/** Moves a session into the past, as if so much time had gone by since it was made or seen. */
function age(id: string, by: { readonly made?: number; readonly seen?: number }): void {
  const { made = 0, seen = 0 } = by;
  const sql = "UPDATE sessions SET created_at = created_at - ?, seen_at = seen_at - ? WHERE id = ?";
  deployment.sql(sql, made, seen, id);
}

function sessionOf(account: Account): string {
  const newest = "SELECT id FROM sessions WHERE user_id = ? ORDER BY id DESC LIMIT 1";
  return deployment.sql<{ id: string }>(newest, Number(account.id))[0]?.id ?? "";
}

test.concurrent("the list has own sessions and devices, newest first, with this one marked", async () => {
  const account = await deployment.newAccount();
  const phone = await deployment.signIn(account, {
    address: "2001:db8:1:2::3",
    headers: {
      "User-Agent":
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 " +
        "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
    },
  });
  const answer = await phone.get(SESSIONS);
  const { items, next } = answer.json as { items: Listed[]; next: unknown };
  expect(next).toBeNull();
  expect(items.map(({ current }) => current)).toEqual([true, false]);
  expect(items[0]).toMatchObject({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    ip: "2001:db8:1:2::3",
    user_agent: expect.stringContaining("iPhone"),
    device: "Safari on iOS",
  });
  expect(items[1]).toMatchObject({ ip: account.browser.address, device: "Firefox on Linux" });
  for (const { created_at: made, last_seen_at: seen } of items) {
    for (const at of [made, seen]) expect(at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(Math.abs(Date.now() - Date.parse(made))).toBeLessThan(60_000);
  }
});

test.concurrent("the list is read in pages: limit at most 200, and a cursor until next is null", async () => {
  const account = await deployment.newAccount();
  for (let n = 0; n < 4; n += 1) await deployment.signIn(account);
  const { browser } = account;
  const all = (await list(browser)).map(({ id }) => id);
  expect(all).toHaveLength(5);
  const seen: string[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const query: string = cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const { json } = await browser.get(`${SESSIONS}?limit=2${query}`);
    const page = json as { items: Listed[]; next: string | null };
    expect(page.items.length).toBeLessThanOrEqual(2);
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.next;
  }
  expect(seen).toEqual(all);
  expect((await browser.get(`${SESSIONS}?limit=200`)).status).toBe(200);
  for (const wrong of [
    "limit=0",
    "limit=201",
    "limit=x",
    "limit=1.5",
    "limit=0x2",
    "limit=1e1",
    "limit=%202",
    "limit=",
    "limit=-1",
    "limit=1&limit=2",
  ]) {
    const { errors } = expectProblem(await browser.get(`${SESSIONS}?${wrong}`), "invalid_request");
    expect(errors?.map(({ path }) => path)).toEqual(["limit"]);
  }
});

test.concurrent("DELETE of one ends it, from the next request on, and no other", async () => {
  const account = await deployment.newAccount();
  const other = await deployment.signIn(account);
  const id = await currentId(other);
  const ended = await account.browser.request("DELETE", `${SESSIONS}/${id}`);
  expect([ended.status, ended.text]).toEqual([204, ""]);
  expectProblem(await other.get(ME), "session_ended");
  expectProblem(await askBy(other), "session_ended");
  expectProblem(await other.post("/api/v1/auth/refresh"), "session_ended");
  expect((await account.browser.get(ME)).status).toBe(200);
  expect((await list(account.browser)).map((session) => session.id)).not.toContain(id);
});

test.concurrent("DELETE of this one signs out", async () => {
  const { browser } = await deployment.newAccount();
  const ended = await browser.request("DELETE", `${SESSIONS}/${await currentId(browser)}`);
  expect(ended.status).toBe(204);
  expectProblem(await browser.get(ME), "session_ended");
});

test.concurrent("an unknown session, and somebody else's, are 404 alike (object reference)", async () => {
  const [mine, theirs] = [await deployment.newAccount(), await deployment.newAccount()];
  const foreign = await currentId(theirs.browser);
  const unknown = foreign.replace(/.{4}$/, "0000");
  const ids = [foreign, unknown, "1", "..", "%2e%2e%2f", "x".repeat(3_000), "%00", "null", "*"];
  const answers = await Promise.all(
    ids.map((id) => mine.browser.request("DELETE", `${SESSIONS}/${id}`)),
  );
  const [first, second] = answers;
  expect(first?.text).toBe(second?.text ?? "");
  for (const [n, answer] of answers.entries()) {
    if (ids[n] !== "..") expectProblem(answer, "not_found");
  }
  expect((await theirs.browser.get(ME)).status).toBe(200);
});

test.concurrent("an ended session's id is 404 the second time", async () => {
  const account = await deployment.newAccount();
  const id = await currentId(await deployment.signIn(account));
  expect((await account.browser.request("DELETE", `${SESSIONS}/${id}`)).status).toBe(204);
  expectProblem(await account.browser.request("DELETE", `${SESSIONS}/${id}`), "not_found");
});

test.concurrent("DELETE of all others keeps this one alone", async () => {
  const account = await deployment.newAccount();
  const others = [await deployment.signIn(account), await deployment.signIn(account)];
  const ended = await account.browser.request("DELETE", SESSIONS);
  expect([ended.status, ended.text]).toEqual([204, ""]);
  for (const other of others) expectProblem(await other.get(ME), "session_ended");
  expect(await list(account.browser)).toHaveLength(1);
});

test.concurrent("a session slides: used within 14 days, it lives on, and its cookie with it", async () => {
  const account = await deployment.newAccount();
  const visitor = await deployment.signIn(account);
  age(sessionOf(account), { made: 10 * DAY_MS, seen: 10 * DAY_MS });
  const answer = await askBy(visitor);
  expect(answer.status).toBe(200);
  const [cookie = ""] = answer.headers.getSetCookie().filter((one) => one.startsWith("sessionid="));
  expect(cookie).toStartWith(`sessionid=${visitor.jar.find("sessionid")};`);
  const life = Number(/Max-Age=(\d+)/.exec(cookie)?.[1]) * 1_000;
  expect(life).toBeGreaterThan(13 * DAY_MS);
  expect(life).toBeLessThanOrEqual(14 * DAY_MS);
});

test.concurrent("a session that rests for 14 days is over", async () => {
  const account = await deployment.newAccount();
  const visitor = await deployment.signIn(account);
  age(sessionOf(account), { made: 14 * DAY_MS, seen: 14 * DAY_MS });
  expectProblem(await askBy(visitor), "session_ended");
});

test.concurrent("a session lives 30 days at most, however much it is used", async () => {
  const account = await deployment.newAccount();
  const [nearly, over] = [await deployment.signIn(account), await deployment.newAccount()];
  age(sessionOf(account), { made: 30 * DAY_MS - 60_000 });
  const answer = await askBy(nearly);
  expect(answer.status).toBe(200);
  for (const cookie of answer.headers.getSetCookie()) {
    expect(Number(/Max-Age=(\d+)/.exec(cookie)?.[1])).toBeLessThanOrEqual(60);
  }
  const visitor = await deployment.signIn(over);
  age(sessionOf(over), { made: 30 * DAY_MS });
  expectProblem(await askBy(visitor), "session_ended");
});

test.concurrent("an administrator's session rests 1 h, and lives 12 h in all", async () => {
  const account = await deployment.newAccount({ password: "correct-horse-battery-9-owner" });
  deployment.sql("UPDATE users SET role = 'owner' WHERE id = ?", Number(account.id));
  const hour = 3_600_000;
  const cases = [
    { by: { made: hour - 60_000, seen: hour - 60_000 }, status: 200 },
    { by: { made: hour, seen: hour }, status: 401 },
    { by: { made: 12 * hour - 60_000 }, status: 200 },
    { by: { made: 12 * hour }, status: 401 },
  ];
  for (const { by, status } of cases) {
    const visitor = await deployment.signIn(account);
    const life = Number(visitor.jar.cookies.get("sessionid")?.attributes["max-age"]);
    expect(Math.abs(life - 3_600)).toBeLessThanOrEqual(2);
    age(sessionOf(account), by);
    expect((await askBy(visitor)).status).toBe(status);
  }
});

test.concurrent("the list shows when a session was last seen, at once", async () => {
  const account = await deployment.newAccount();
  const other = await deployment.signIn(account);
  await Bun.sleep(30);
  const before = Date.now();
  await other.get(ME);
  const shown = (await list(account.browser)).find(({ current }) => !current);
  expect(Date.parse(shown?.last_seen_at ?? "")).toBeGreaterThanOrEqual(before);
});

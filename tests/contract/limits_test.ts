import { afterAll, beforeAll, expect, test } from "bun:test";
import {
  type Deployment,
  freshAddress,
  freshName,
  GOOD_PASSWORD,
  openDeployment,
  type VisitorOptions,
} from "../support/deployment.ts";
import { eventually } from "../support/eventually.ts";
import { expectProblem } from "../support/expect_problem.ts";
import type { Answer } from "../support/http_client.ts";

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment();
});

afterAll(async () => {
  await deployment.close();
});

const PROVIDERS = "/api/v1/auth/providers";
const TOKEN = "/api/v1/auth/token";
const FORGOT = "/api/v1/auth/password/forgot";

async function many(times: number, call: (n: number) => Promise<Answer>) {
  return await Promise.all(Array.from({ length: times }, (_, n) => call(n)));
}

function countOf(answers: readonly Answer[], status: number): number {
  return answers.filter((answer) => answer.status === status).length;
}

/** A sign-in that fails, by a caller of its own or one that is given. */
async function guess(identifier: string, options?: VisitorOptions): Promise<Answer> {
  return await deployment.visitor(options).post(TOKEN, { identifier, password: "wrong-guess-1" });
}

function expectRefusal(
  answer: Answer,
  policy: { id: string; count: number; windowS: number },
): void {
  expectProblem(answer, "rate_limited");
  const wait = Number(answer.headers.get("retry-after"));
  expect(Number.isInteger(wait) && wait >= 1 && wait <= policy.windowS).toBe(true);
  const { id, count, windowS } = policy;
  expect(answer.headers.get("ratelimit-policy")).toBe(`"${id}";q=${count};w=${windowS}`);
  expect(answer.headers.get("ratelimit")).toBe(`"${id}";r=0;t=${wait}`);
}

test("a new database has the contract's limits, as rows", () => {
  const rows = deployment.sql(
    "SELECT id, count, window_ms / 1000 AS s FROM limits WHERE enabled = 1",
  );
  const found = Object.fromEntries(
    rows.map((row) => [String(row["id"]), [row["count"], row["s"]]]),
  );
  expect(found).toMatchObject({
    anonymous: [100, 60],
    signed_in: [1_000, 60],
    login_address: [10, 60],
    login_account: [10, 60],
    signup_address: [5, 3_600],
    forgot_address: [5, 3_600],
    forgot_account: [5, 3_600],
    magic_link_address: [5, 3_600],
    magic_link_account: [5, 3_600],
    admin_mail_user: [100, 3_600],
    admin_mail_account: [5, 3_600],
    upgrade_address: [60, 60],
    chat_connection: [20, 10],
  });
});

test("anonymous callers have 100 a minute per address", async () => {
  const visitor = deployment.visitor();
  const answers = await many(130, () => visitor.get(PROVIDERS));
  expect(countOf(answers, 200)).toBeWithin(100, 111);
  const refused = answers.find(({ status }) => status === 429);
  expectRefusal(refused ?? (answers[0] as Answer), { id: "anonymous", count: 100, windowS: 60 });
  expect((await deployment.visitor().get(PROVIDERS)).status).toBe(200);
});

test("looking for what might be there counts, too", async () => {
  const visitor = deployment.visitor();
  const answers = await many(130, (n) => visitor.get(`/api/v1/guess/${n}`));
  expect(countOf(answers, 404)).toBeWithin(100, 111);
  expect(countOf(answers, 429)).toBeGreaterThan(0);
});

test("health and metrics are never refused", async () => {
  const visitor = deployment.visitor();
  await many(130, () => visitor.get(PROVIDERS));
  expectProblem(await visitor.get(PROVIDERS), "rate_limited");
  for (const path of ["/healthz", "/readyz", "/metrics"]) {
    expect((await visitor.get(path)).status).toBe(200);
  }
});

test("a signed-in user has 1000 a minute, wherever the requests come from", async () => {
  const { browser } = await deployment.newAccount();
  const token = browser.jar.find("access_token");
  const visitors = Array.from({ length: 20 }, () =>
    deployment.visitor({ headers: { Authorization: `Bearer ${token}` } }),
  );
  const answers: Answer[] = [];
  for (let round = 0; round < 6; round += 1) {
    answers.push(
      ...(await many(200, async (n) => {
        const visitor = visitors[n % visitors.length] ?? browser;
        return await visitor.get("/api/v1/auth/me");
      })),
    );
  }
  const allowed = countOf(answers, 200);
  expect(allowed).toBeWithin(1_000, 1_190);
  const refused = answers.find(({ status }) => status === 429);
  expectRefusal(refused ?? (answers[0] as Answer), { id: "signed_in", count: 1_000, windowS: 60 });
  expect((await deployment.visitor().get(PROVIDERS)).status).toBe(200);
}, 180_000);

test("sign-ins: 10 a minute per address, whatever the account", async () => {
  const address = freshAddress();
  const answers = await many(14, () => guess(freshName(), { address }));
  expect(countOf(answers, 401)).toBeWithin(10, 12);
  const refused = answers.find(({ status }) => status === 429);
  expectRefusal(refused ?? (answers[0] as Answer), { id: "login_address", count: 10, windowS: 60 });
});

test("sign-ins: 10 a minute per account, from wherever, whether or not it exists", async () => {
  const { username } = await deployment.newAccount();
  for (const identifier of [username, freshName()]) {
    const answers = await many(14, () => guess(identifier));
    expect(countOf(answers, 401)).toBeWithin(10, 12);
    const refused = answers.find(({ status }) => status === 429);
    expectRefusal(refused ?? (answers[0] as Answer), {
      id: "login_account",
      count: 10,
      windowS: 60,
    });
  }
});

test("sign-ins by login and by token count together, and in any case of letters", async () => {
  const identifier = freshName();
  await many(5, () => guess(identifier.toUpperCase()));
  const body = { identifier: ` ${identifier} `, password: "wrong-guess-1" };
  const answers = await many(8, () => deployment.visitor().post("/api/v1/auth/login", body));
  expect(countOf(answers, 401)).toBeWithin(5, 7);
});

test("signups: 5 an hour per address; one that is refused for its fields costs none", async () => {
  const visitor = deployment.visitor();
  const signUp = async (password: string) => {
    const username = freshName();
    const email = `${username}@example.com`;
    return await visitor.post("/api/v1/auth/signup", { username, email, password });
  };
  for (let n = 0; n < 5; n += 1) expect((await signUp("short")).status).toBe(422);
  for (let n = 0; n < 5; n += 1) expect((await signUp(GOOD_PASSWORD)).status).toBe(202);
  const policy = { id: "signup_address", count: 5, windowS: 3_600 };
  expectRefusal(await signUp(GOOD_PASSWORD), policy);
});

test("forgot: 5 an hour per address of the caller is 429, per account it stays 202", async () => {
  const visitor = deployment.visitor();
  const ask = async (email: string) => await visitor.post(FORGOT, { email });
  for (let n = 0; n < 5; n += 1) expect((await ask(`${freshName()}@example.com`)).status).toBe(202);
  const policy = { id: "forgot_address", count: 5, windowS: 3_600 };
  expectRefusal(await ask(`${freshName()}@example.com`), policy);
  const email = `${freshName()}@example.com`;
  const answers = await many(8, () => deployment.visitor().post(FORGOT, { email }));
  expect(countOf(answers, 202)).toBe(8);
});

test("an IPv6 caller counts as its /64", async () => {
  const network = "2001:db8:77:1";
  const answers = await many(14, (n) => guess(freshName(), { address: `${network}::${n + 1}` }));
  expect(countOf(answers, 429)).toBeGreaterThanOrEqual(2);
  expect((await guess(freshName(), { address: "2001:db8:77:2::1" })).status).toBe(401);
});

test("an IPv4 caller is one caller in every spelling (::ffff:)", async () => {
  const address = freshAddress();
  const answers = await many(14, (n) =>
    guess(freshName(), { address: n % 2 === 0 ? address : `::ffff:${address}` }),
  );
  expect(countOf(answers, 429)).toBeGreaterThanOrEqual(2);
});

test("what a caller writes into X-Forwarded-For does not make it another (limit evasion)", async () => {
  const address = freshAddress();
  const answers = await many(14, (n) =>
    guess(freshName(), { headers: { "X-Forwarded-For": `198.51.100.${n}, ${address}` } }),
  );
  expect(countOf(answers, 429)).toBeGreaterThanOrEqual(2);
});

test("limits count the route, and not the path as it is spelled (limit evasion)", async () => {
  const visitor = deployment.visitor();
  const spellings = [TOKEN, `${TOKEN}/`, `${TOKEN}?x=1`, "/api/v1/auth/./token"];
  const answers = await many(16, (n) =>
    visitor.post(spellings[n % spellings.length] ?? TOKEN, {
      identifier: freshName(),
      password: "x",
    }),
  );
  expect(countOf(answers, 401)).toBeWithin(10, 12);
});

test("a changed limit is in force without a start", async () => {
  deployment.sql("UPDATE limits SET count = 2 WHERE id = 'signup_address'");
  const changed = "INSERT INTO changes (at, kind) VALUES (?, 'limits_changed')";
  deployment.sql(changed, Date.now());
  const signUpThrice = async () => {
    const visitor = deployment.visitor();
    const answers: Answer[] = [];
    for (let n = 0; n < 3; n += 1) {
      const username = freshName();
      const body = { username, email: `${username}@example.com`, password: GOOD_PASSWORD };
      answers.push(await visitor.post("/api/v1/auth/signup", body));
    }
    return answers.map(({ status }) => status).join(" ");
  };
  // A running server looks for changes once a second.
  await eventually("the changed limit holds", async () => (await signUpThrice()) === "202 202 429");
});

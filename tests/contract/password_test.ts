import { afterAll, beforeAll, expect, test } from "bun:test";
import { countMails } from "../support/count_mails.ts";
import {
  type Account,
  type Deployment,
  GOOD_PASSWORD,
  openDeployment,
  type Visitor,
} from "../support/deployment.ts";
import { expectFieldProblems, expectProblem } from "../support/expect_problem.ts";

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment();
});

afterAll(async () => {
  await deployment.close();
});

const ME = "/api/v1/auth/me";
const CHANGE = "/api/v1/auth/password/change";
const FORGOT = "/api/v1/auth/password/forgot";
const RESET = "/api/v1/auth/password/reset";
const NEW_PASSWORD = "quite-another-staple-3";

async function change(visitor: Visitor, current: string, next: string) {
  return await visitor.post(CHANGE, { current_password: current, new_password: next });
}

async function forgot(email: string, visitor = deployment.visitor()) {
  return await visitor.post(FORGOT, { email });
}

async function reset(token: string, password = NEW_PASSWORD) {
  return await deployment.visitor().post(RESET, { token, new_password: password });
}

async function canSignIn(account: Account, password: string): Promise<boolean> {
  const body = { identifier: account.username, password };
  return (await deployment.visitor().post("/api/v1/auth/token", body)).status === 200;
}

async function askForLink(account: Account): Promise<string> {
  expect((await forgot(account.email)).status).toBe(202);
  return (await deployment.nextLink(account.email)).token;
}

test.concurrent("changing the password ends every other session, and keeps this one", async () => {
  const account = await deployment.newAccount();
  const other = await deployment.signIn(account);
  const answer = await change(account.browser, GOOD_PASSWORD, NEW_PASSWORD);
  expect(answer.status).toBe(200);
  expect((await account.browser.get(ME)).status).toBe(200);
  expectProblem(await other.get(ME), "session_ended");
  expect(await canSignIn(account, GOOD_PASSWORD)).toBe(false);
  expect(await canSignIn(account, NEW_PASSWORD)).toBe(true);
  const mail = await deployment.smtp.next(account.email);
  expect(mail.text).not.toContain("#token=");
});

test.concurrent("changing the password voids outstanding links", async () => {
  const account = await deployment.newAccount();
  const token = await askForLink(account);
  const body = { email: "elsewhere@example.com", current_password: GOOD_PASSWORD };
  await account.browser.post("/api/v1/auth/email/change", body);
  const { token: confirm } = await deployment.nextLink("elsewhere@example.com");
  await change(account.browser, GOOD_PASSWORD, NEW_PASSWORD);
  expectProblem(await reset(token), "invalid_token");
  const verified = await account.browser.post("/api/v1/auth/verify-email", { token: confirm });
  expectProblem(verified, "invalid_token");
});

test.concurrent("a wrong current password is 403 wrong_password, and nothing changes", async () => {
  const account = await deployment.newAccount();
  const other = await deployment.signIn(account);
  expectProblem(
    await change(account.browser, "not-the-password-1", NEW_PASSWORD),
    "wrong_password",
  );
  expect((await other.get(ME)).status).toBe(200);
  expect(await canSignIn(account, GOOD_PASSWORD)).toBe(true);
});

test.concurrent("wrong current passwords are limited as sign-ins are (guessing by a stolen session)", async () => {
  const account = await deployment.newAccount();
  const statuses: number[] = [];
  const startedAt = performance.now();
  for (let n = 0; n < 60 && !statuses.includes(429); n += 1) {
    const visitor = deployment.visitor();
    const cookie = account.browser.jar.header() ?? "";
    const headers = { Cookie: cookie, "X-CSRFToken": account.browser.jar.find("csrftoken") ?? "" };
    const body = { current_password: `guess-number-${n}`, new_password: NEW_PASSWORD };
    statuses.push((await visitor.post(CHANGE, body, { headers })).status);
  }
  // Ten in a minute, and one more for each six seconds that this takes.
  const more = Math.ceil((performance.now() - startedAt) / 6_000);
  expect(statuses.filter((status) => status === 403).length).toBeLessThanOrEqual(10 + more);
  expect(statuses.at(-1)).toBe(429);
});

test.concurrent("the rules hold for a new password, and its field is named", async () => {
  const account = await deployment.newAccount();
  const answer = await change(account.browser, GOOD_PASSWORD, "12345");
  expectFieldProblems(
    answer,
    ["new_password", "password_too_short"],
    ["new_password", "password_numeric"],
  );
  const token = await askForLink(account);
  expectFieldProblems(await reset(token, "short"), ["new_password", "password_too_short"]);
  expect((await reset(token)).status).toBe(200);
});

test.concurrent("changing the password needs a sign-in and the CSRF pair", async () => {
  const body = { current_password: GOOD_PASSWORD, new_password: NEW_PASSWORD };
  expectProblem(await deployment.visitor().post(CHANGE, body), "unauthenticated");
  const { browser } = await deployment.newAccount();
  expectProblem(await browser.post(CHANGE, body, { csrf: false }), "csrf_failed");
});

test.concurrent("forgot is 202 always, alike for an address without an account (enumeration)", async () => {
  const account = await deployment.newAccount();
  const known = await forgot(account.email.toUpperCase());
  const unknown = await forgot("nobody@example.com");
  const odd = await Promise.all(
    ["", "x", "a@b@c", "\u0000", "a".repeat(5_000)].map((one) => forgot(one)),
  );
  for (const answer of [known, unknown, ...odd]) {
    expect([answer.status, answer.text]).toEqual([202, known.text]);
    expect(answer.headers.getSetCookie()).toEqual(known.headers.getSetCookie());
  }
  const { mail, token } = await deployment.nextLink(account.email);
  expect(mail.text).toContain(`${deployment.server.publicUrl}/reset-password#token=${token}`);
});

test.concurrent("the account's own limit on forgot is 202 and no mail", async () => {
  const account = await deployment.newAccount();
  for (let n = 0; n < 7; n += 1) expect((await forgot(account.email)).status).toBe(202);
  const resets = () =>
    deployment.smtp.mails.filter(
      ({ to, subject }) => to.includes(account.email) && /password/i.test(subject),
    );
  // Five, and the one that confirmed the address.
  expect(await countMails(deployment, account.email)).toBe(5 + 1);
  expect(resets()).toHaveLength(5);
});

test.concurrent("a reset is 200, ends every session and signs nobody in", async () => {
  const account = await deployment.newAccount();
  const token = await askForLink(account);
  const visitor = deployment.visitor();
  const answer = await visitor.post(RESET, { token, new_password: NEW_PASSWORD });
  expect(answer.status).toBe(200);
  expect(visitor.jar.find("sessionid")).toBeUndefined();
  expectProblem(await account.browser.get(ME), "session_ended");
  expect(await canSignIn(account, GOOD_PASSWORD)).toBe(false);
  expect(await canSignIn(account, NEW_PASSWORD)).toBe(true);
});

test.concurrent("a reset link works once, also for many at the same moment (race)", async () => {
  const account = await deployment.newAccount();
  const token = await askForLink(account);
  const answers = await Promise.all(
    [1, 2, 3, 4, 5].map((n) => reset(token, `${NEW_PASSWORD}-${n}`)),
  );
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401, 401, 401, 401]);
  const won = answers.findIndex(({ status }) => status === 200) + 1;
  expect(await canSignIn(account, `${NEW_PASSWORD}-${won}`)).toBe(true);
  expectProblem(await reset(token), "invalid_token");
});

test.concurrent("a reset link lives 30 minutes", async () => {
  const account = await deployment.newAccount();
  const [early, late] = [await askForLink(account), await askForLink(account)];
  const of = "SELECT expires_at - created_at AS life FROM links WHERE user_id = ?";
  const rows = deployment.sql<{ life: number }>(of, Number(account.id));
  expect(rows.map(({ life }) => life)).toEqual([1_800_000, 1_800_000]);
  const age = "UPDATE links SET expires_at = expires_at - ? WHERE user_id = ?";
  deployment.sql(age, 1_800_000, Number(account.id));
  expectProblem(await reset(late), "invalid_token");
  deployment.sql(age, -60_000, Number(account.id));
  expect((await reset(early)).status).toBe(200);
});

test.concurrent("a reset voids the other links of the account", async () => {
  const account = await deployment.newAccount();
  const [one, two] = [await askForLink(account), await askForLink(account)];
  expect((await reset(two)).status).toBe(200);
  expectProblem(await reset(one), "invalid_token");
});

test.concurrent("a link of another kind, and one that was never sent, are 401 invalid_token", async () => {
  const visitor = deployment.visitor();
  const signup = { email: "kind@example.com", username: "kind-1", password: GOOD_PASSWORD };
  await visitor.post("/api/v1/auth/signup", signup);
  const { token } = await deployment.nextLink("kind@example.com");
  for (const wrong of [token, "", "x", "a".repeat(500)]) {
    expectProblem(await reset(wrong), "invalid_token");
  }
  expect((await visitor.post("/api/v1/auth/verify-email", { token })).status).toBe(200);
});

test.concurrent("links in mails are of PUBLIC_URL, whatever the request says (host header poisoning)", async () => {
  const account = await deployment.newAccount();
  const headers = {
    Host: "localhost:1234",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "https",
    Forwarded: "host=evil.example",
  };
  await deployment.visitor({ headers }).post(FORGOT, { email: account.email });
  const { mail } = await deployment.nextLink(account.email);
  for (const link of [...mail.text.matchAll(/https?:[^\s"<>]+/g)]) {
    expect(link[0]).toStartWith(`${deployment.server.publicUrl}/`);
  }
  expect(mail.raw).not.toContain("evil.example");
});

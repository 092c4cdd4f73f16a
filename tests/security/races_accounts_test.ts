import { afterAll, beforeAll, expect, test } from "bun:test";
import {
  type Deployment,
  freshName,
  GOOD_PASSWORD,
  openDeployment,
} from "../support/deployment.ts";
import type { Answer } from "../support/http_client.ts";
import { whenNotBusy } from "../support/when_not_busy.ts";
import { AUTH, askMe, codeOf, type Pair } from "./_acts.ts";
import { djangoHash } from "./_states.ts";

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment();
});

afterAll(async () => {
  await deployment.close();
});

const SPENDERS = 20;
const SIGNUPS = 50;

/** How often each status came. */
function tally(answers: readonly Answer[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

function atOnce<T>(count: number, act: (index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => act(index)));
}

async function signIn(identifier: string, password: string): Promise<Answer> {
  return await deployment.visitor().post(`${AUTH}/token`, { identifier, password });
}

test("50 signups and verifications of one username at once make one user (race)", async () => {
  const username = freshName();
  const signups = await atOnce(SIGNUPS, async (index) => {
    const browser = deployment.visitor();
    const email = `${username}-${index}@example.com`;
    const body = { email, username: index % 2 ? username : username.toUpperCase() };
    const answer = await whenNotBusy(() =>
      browser.post(`${AUTH}/signup`, { ...body, password: GOOD_PASSWORD }),
    );
    return { browser, email, answer };
  });
  expect(tally(signups.map(({ answer }) => answer))).toEqual({ 202: SIGNUPS });
  const links = await Promise.all(signups.map(({ email }) => deployment.nextLink(email)));
  const answers = await Promise.all(
    signups.map(({ browser }, index) =>
      browser.post(`${AUTH}/verify-email`, { token: links[index]?.token }),
    ),
  );
  expect(tally(answers)).toEqual({ 200: 1, 409: SIGNUPS - 1 });
  expect(deployment.sql("SELECT id FROM users WHERE username = ?", username)).toHaveLength(1);
  const loser = answers.findIndex(({ status }) => status === 409);
  const body = { token: links[loser]?.token, username: freshName() };
  const again = await signups[loser]?.browser.post(`${AUTH}/verify-email`, body);
  expect(again?.status).toBe(200);
});

test("20 signups and verifications of one address at once make one user (race)", async () => {
  const email = `${freshName()}@example.com`;
  const browsers = await atOnce(SPENDERS, async () => {
    const browser = deployment.visitor();
    const body = { email, username: freshName(), password: GOOD_PASSWORD };
    const answer = await whenNotBusy(() => browser.post(`${AUTH}/signup`, body));
    expect(answer.status).toBe(202);
    return browser;
  });
  const tokens: string[] = [];
  for (const _ of browsers) tokens.push((await deployment.nextLink(email)).token);
  const answers = await Promise.all(
    browsers.flatMap((browser) =>
      tokens.slice(0, 5).map((token) => browser.post(`${AUTH}/verify-email`, { token })),
    ),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(deployment.sql("SELECT id FROM users WHERE email_key = ?", email)).toHaveLength(1);
});

test("20 spends of one verification link at once work once (race)", async () => {
  const browser = deployment.visitor();
  const body = { email: `${freshName()}@example.com`, username: freshName() };
  await browser.post(`${AUTH}/signup`, { ...body, password: GOOD_PASSWORD });
  const { token } = await deployment.nextLink(body.email);
  const password = GOOD_PASSWORD;
  const answers = await atOnce(SPENDERS, () =>
    deployment.visitor().post(`${AUTH}/verify-email`, { token, password }),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(deployment.sql("SELECT id FROM users WHERE email_key = ?", body.email)).toHaveLength(1);
  const sessions =
    "SELECT s.id FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.username = ?";
  expect(deployment.sql(sessions, body.username)).toHaveLength(1);
});

test("20 spends of one reset link at once work once, and set one password (race)", async () => {
  const account = await deployment.newAccount();
  await deployment.visitor().post(`${AUTH}/password/forgot`, { email: account.email });
  const { token } = await deployment.nextLink(account.email);
  const passwordOf = (index: number) => `another-horse-battery-${index}`;
  const answers = await atOnce(SPENDERS, (index) => {
    const body = { token, new_password: passwordOf(index) };
    return deployment.visitor().post(`${AUTH}/password/reset`, body);
  });
  expect(tally(answers)).toEqual({ 200: 1, 401: SPENDERS - 1 });
  const winner = answers.findIndex(({ status }) => status === 200);
  expect((await signIn(account.username, passwordOf(winner))).status).toBe(200);
  expect((await signIn(account.email, passwordOf((winner + 1) % SPENDERS))).status).toBe(401);
  expect((await signIn(account.email, account.password)).status).toBe(401);
});

test("20 spends of one confirmation and of one undo link at once work once (race)", async () => {
  const account = await deployment.newAccount();
  const email = `moved-${account.email}`;
  const asked = { email, current_password: account.password };
  await account.browser.post(`${AUTH}/email/change`, asked);
  const { token } = await deployment.nextLink(email);
  const confirmed = await atOnce(SPENDERS, () =>
    account.browser.post(`${AUTH}/verify-email`, { token }),
  );
  expect(tally(confirmed)).toEqual({ 200: 1, 401: SPENDERS - 1 });
  const undo = await deployment.nextLink(account.email);
  const undone = await atOnce(SPENDERS, () =>
    deployment.visitor().post(`${AUTH}/email/undo`, { token: undo.token }),
  );
  expect(tally(undone)).toEqual({ 200: 1, 401: SPENDERS - 1 });
  expect((await signIn(account.email, account.password)).status).toBe(200);
});

test("no sign-in with the old password outlives the change of it (race)", async () => {
  for (let round = 0; round < 3; round += 1) {
    const account = await deployment.newAccount();
    const { browser, password } = account;
    const logins = atOnce(8, (index) =>
      signIn(index % 2 ? account.username : account.email, password),
    );
    const body = { current_password: password, new_password: "another-horse-battery-6" };
    const changed = await browser.post(`${AUTH}/password/change`, body);
    expect(changed.status).toBe(200);
    for (const answer of await logins) {
      if (answer.status === 401) continue;
      expect(answer.status).toBe(200);
      const { access_token, refresh_token } = answer.json as Pair;
      expect((await askMe(deployment, access_token)).status).toBe(401);
      const refreshed = await deployment.visitor().post(`${AUTH}/refresh`, { refresh_token });
      expect(codeOf(refreshed)).toBe("session_ended");
    }
    expect((await browser.get(`${AUTH}/me`)).status).toBe(200);
  }
});

test("changes of one password at once: one is made, by one who knew it (race)", async () => {
  const account = await deployment.newAccount();
  const browsers = [account.browser];
  for (let count = 0; count < 4; count += 1) browsers.push(await deployment.signIn(account));
  const passwordOf = (index: number) => `another-horse-battery-${index}`;
  const answers = await Promise.all(
    browsers.map((browser, index) => {
      const body = { current_password: account.password, new_password: passwordOf(index) };
      return browser.post(`${AUTH}/password/change`, body);
    }),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  const winner = answers.findIndex(({ status }) => status === 200);
  for (const [index, browser] of browsers.entries()) {
    expect((await browser.get(`${AUTH}/me`)).status).toBe(index === winner ? 200 : 401);
  }
  expect((await signIn(account.email, passwordOf(winner))).status).toBe(200);
});

test("sign-ins at once to an account with Django's hash all work, and replace it once (race)", async () => {
  const account = await deployment.newAccount();
  const hash = "UPDATE users SET password_hash = ? WHERE id = ?";
  deployment.sql(hash, djangoHash(), Number(account.id));
  const answers = await atOnce(8, () => signIn(account.username, "seven green kettles"));
  expect(tally(answers)).toEqual({ 200: 8 });
  const stored = "SELECT password_hash FROM users WHERE id = ?";
  const [row] = deployment.sql<{ password_hash: string }>(stored, Number(account.id));
  expect(row?.password_hash).toStartWith("$argon2id$");
  expect((await signIn(account.email, "seven green kettles")).status).toBe(200);
  expect((await signIn(account.email, "seven green kettle")).status).toBe(401);
});

test("one username that ten users want at once goes to one of them (race)", async () => {
  const accounts = await atOnce(10, () => deployment.newAccount());
  const username = freshName();
  const answers = await Promise.all(
    accounts.map(({ browser }) => browser.request("PATCH", `${AUTH}/me`, { body: { username } })),
  );
  expect(tally(answers)).toEqual({ 200: 1, 422: 9 });
  expect(deployment.sql("SELECT id FROM users WHERE username = ?", username)).toHaveLength(1);
});

import { afterAll, beforeAll, expect, test } from "bun:test";
import { countMails } from "../support/count_mails.ts";
import { type Account, type Deployment, openDeployment } from "../support/deployment.ts";
import { expectProblem } from "../support/expect_problem.ts";
import { AUTH, codeOf, newPair } from "./_acts.ts";

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment();
});

afterAll(async () => {
  await deployment.close();
});

/** Moves an account to another address, confirmed by the browser that asked. */
async function move(account: Account, email: string): Promise<void> {
  const { browser, password } = account;
  const asked = await browser.post(`${AUTH}/email/change`, { email, current_password: password });
  expect(asked.status).toBe(202);
  const { token } = await deployment.nextLink(email);
  expect((await browser.post(`${AUTH}/verify-email`, { token })).status).toBe(200);
}

async function undo(token: string) {
  return await deployment.visitor().post(`${AUTH}/email/undo`, { token });
}

function addressOf({ id }: Account): unknown {
  return deployment.sql("SELECT email FROM users WHERE id = ?", Number(id))[0]?.["email"];
}

test("an address that was taken back cannot be taken away again by the thief's own undo link", async () => {
  const account = await deployment.newAccount();
  await move(account, `first-${account.email}`);
  const owners = await deployment.nextLink(account.email);
  await move(account, `second-${account.email}`);
  const thiefs = await deployment.nextLink(`first-${account.email}`);
  expect((await undo(owners.token)).status).toBe(200);
  expect(addressOf(account)).toBe(account.email);
  expectProblem(await undo(thiefs.token), "invalid_token");
  expect(addressOf(account)).toBe(account.email);
});

test("a thief who goes one step back does not take the owner's undo link away", async () => {
  const account = await deployment.newAccount();
  await move(account, `first-${account.email}`);
  const owners = await deployment.nextLink(account.email);
  await move(account, `second-${account.email}`);
  const thiefs = await deployment.nextLink(`first-${account.email}`);
  expect((await undo(thiefs.token)).status).toBe(200);
  expect((await undo(owners.token)).status).toBe(200);
  expect(addressOf(account)).toBe(account.email);
});

test("taking an address back ends the thief's sessions, tokens and outstanding links", async () => {
  const account = await deployment.newAccount();
  const thief = await deployment.signIn(account);
  const pair = await newPair(deployment, account);
  await move(account, `moved-${account.email}`);
  const { token } = await deployment.nextLink(account.email);
  const next = `later-${account.email}`;
  await thief.post(`${AUTH}/email/change`, { email: next, current_password: account.password });
  const pending = await deployment.nextLink(next);
  await thief.post(`${AUTH}/password/forgot`, { email: `moved-${account.email}` });
  const reset = await deployment.nextLink(`moved-${account.email}`);
  expect((await undo(token)).status).toBe(200);
  expectProblem(await thief.get(`${AUTH}/me`), "session_ended");
  const refreshed = { refresh_token: pair.refresh_token };
  expectProblem(await deployment.visitor().post(`${AUTH}/refresh`, refreshed), "session_ended");
  const again = { token: pending.token, password: account.password };
  expectProblem(await deployment.visitor().post(`${AUTH}/verify-email`, again), "invalid_token");
  const chosen = { token: reset.token, new_password: "chosen-by-the-thief-1" };
  expectProblem(await deployment.visitor().post(`${AUTH}/password/reset`, chosen), "invalid_token");
  expect(addressOf(account)).toBe(account.email);
});

test("a reset link that went to the old address is void once the account has left it", async () => {
  const account = await deployment.newAccount();
  await deployment.visitor().post(`${AUTH}/password/forgot`, { email: account.email });
  const { token } = await deployment.nextLink(account.email);
  await move(account, `away-${account.email}`);
  const reset = { token, new_password: "chosen-by-the-thief-3" };
  expectProblem(await deployment.visitor().post(`${AUTH}/password/reset`, reset), "invalid_token");
});

test("a guess at the password by way of the address is limited, and leaves an event", async () => {
  const { browser, id } = await deployment.newAccount();
  const guesses = Array.from({ length: 14 }, (_, index) =>
    browser.post(`${AUTH}/email/change`, {
      email: "thief@example.com",
      current_password: `guess-number-${index}`,
    }),
  );
  const codes = (await Promise.all(guesses)).map(codeOf);
  // Ten in a minute, and perhaps one more for each six seconds that a slow machine takes.
  const wrong = codes.filter((code) => code === "wrong_password").length;
  expect(wrong).toBeWithin(10, 13);
  expect(codes.filter((code) => code === "rate_limited")).toHaveLength(14 - wrong);
  const sql = "SELECT details FROM events WHERE user_id = ? AND action = ? AND success = 0";
  const noted = deployment.sql<{ details: string }>(sql, Number(id), "profile_update");
  expect(noted).toHaveLength(wrong);
  for (const { details } of noted) expect(details).toContain("wrong_password");
});

test("nobody can be made to confirm a stranger's account as its new address (pre-hijacking)", async () => {
  const thief = await deployment.newAccount();
  const victim = deployment.visitor();
  const email = "owner-of-the-address@example.com";
  const asked = { email, current_password: thief.password };
  expect((await thief.browser.post(`${AUTH}/email/change`, asked)).status).toBe(202);
  const { token } = await deployment.nextLink(email);
  expectProblem(await victim.post(`${AUTH}/verify-email`, { token }), "confirm_password");
  expect(addressOf(thief)).toBe(thief.email);
});

test("a signed-in caller cannot flood an address with mails (mail bomb)", async () => {
  const account = await deployment.newAccount();
  const email = "flooded@example.com";
  const wanted = { email, current_password: account.password };
  const codes: (string | undefined)[] = [];
  for (let round = 0; round < 4; round += 1) {
    const browser = await deployment.signIn(account);
    const asked = Array.from({ length: 6 }, () => browser.post(`${AUTH}/email/change`, wanted));
    codes.push(...(await Promise.all(asked)).map(codeOf));
  }
  expect(codes).toContain("rate_limited");
  expect(await countMails(deployment, email)).toBeWithin(1, 5 + 1);
});

test("signing in to an unverified signup does not flood its address with links (mail bomb)", async () => {
  const email = "flooded-by-signup@example.com";
  const body = { email, username: "flooder", password: "planted-by-a-stranger-3" };
  await deployment.visitor().post(`${AUTH}/signup`, body);
  const tries = ["flooder", email].flatMap((identifier) =>
    Array.from({ length: 8 }, () =>
      deployment.visitor().post(`${AUTH}/token`, { identifier, password: body.password }),
    ),
  );
  for (const answer of await Promise.all(tries)) expectProblem(answer, "email_unverified");
  expect(await countMails(deployment, email)).toBe(1 + 5);
});

import { afterAll, beforeAll, expect, test } from "bun:test";
import {
  type Account,
  type Deployment,
  freshName,
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
const CHANGE = "/api/v1/auth/email/change";
const VERIFY = "/api/v1/auth/verify-email";
const UNDO = "/api/v1/auth/email/undo";
const WEEK_MS = 7 * 86_400_000;

function freshEmail(): string {
  return `${freshName()}@elsewhere.example`;
}

async function ask(account: Account, email: string, password: string | null = GOOD_PASSWORD) {
  const proof = password === null ? {} : { current_password: password };
  return await account.browser.post(CHANGE, { email, ...proof });
}

/** Asks, confirms, and gives the token that takes it back. */
async function move(account: Account, email: string): Promise<string> {
  expect((await ask(account, email)).status).toBe(202);
  const { token } = await deployment.nextLink(email);
  expect((await account.browser.post(VERIFY, { token })).status).toBe(200);
  return (await deployment.nextLink(account.email)).token;
}

async function undo(token: string, visitor: Visitor = deployment.visitor()) {
  return await visitor.post(UNDO, { token });
}

test.concurrent("the new address confirms, the old one is told, and until then nothing changes", async () => {
  const account = await deployment.newAccount();
  const email = freshEmail();
  const asked = await ask(account, email);
  expect([asked.status, asked.json]).toEqual([202, { status: "verification_sent" }]);
  expect((await account.browser.get(ME)).json).toMatchObject({ email: account.email });
  const { token } = await deployment.nextLink(email);
  const confirmed = await account.browser.post(VERIFY, { token });
  expect(confirmed.json).toMatchObject({ user: { email, email_verified: true, id: account.id } });
  expect((await account.browser.get(ME)).json).toMatchObject({ email });
  const { mail } = await deployment.nextLink(account.email);
  expect(mail.text).toContain(`${deployment.server.publicUrl}/`);
  const body = { identifier: email, password: GOOD_PASSWORD };
  expect((await deployment.visitor().post("/api/v1/auth/token", body)).status).toBe(200);
  const old = { identifier: account.email, password: GOOD_PASSWORD };
  expectProblem(await deployment.visitor().post("/api/v1/auth/token", old), "invalid_credentials");
});

test.concurrent("it is 202 whether or not the address is taken (enumeration)", async () => {
  const [account, other] = [await deployment.newAccount(), await deployment.newAccount()];
  const free = await ask(account, freshEmail());
  const taken = await ask(account, other.email.toUpperCase());
  expect([taken.status, taken.text]).toEqual([free.status, free.text]);
  const mail = await deployment.smtp.next(other.email);
  expect(mail.text).not.toContain("#token=");
  expect((await other.browser.get(ME)).json).toMatchObject({ email: other.email });
});

test.concurrent("an address that is none is 422 email_invalid, and a wrong password 403 wrong_password", async () => {
  const account = await deployment.newAccount();
  expectFieldProblems(await ask(account, "nowhere"), ["email", "email_invalid"]);
  expectProblem(await ask(account, freshEmail(), "not-the-password-1"), "wrong_password");
});

test.concurrent("an account without a password needs a sign-in at most 5 minutes old", async () => {
  const account = await deployment.newAccount();
  deployment.sql("UPDATE users SET password_hash = NULL WHERE id = ?", Number(account.id));
  expect((await ask(account, freshEmail(), null)).status).toBe(202);
  const age = "UPDATE sessions SET created_at = created_at - 300000 WHERE user_id = ?";
  deployment.sql(age, Number(account.id));
  await forgetWhatIsRemembered(account);
  expectProblem(await ask(account, freshEmail(), null), "step_up_required");
});

test.concurrent("an account with a password must give it, however recent the sign-in is", async () => {
  const account = await deployment.newAccount();
  expectProblem(await ask(account, freshEmail(), null), "wrong_password");
  expect((await ask(account, freshEmail())).status).toBe(202);
});

test.concurrent("the old address takes it back for 7 days, and every session ends", async () => {
  const account = await deployment.newAccount();
  const token = await move(account, freshEmail());
  const rows = deployment.sql<{ life: number }>(
    "SELECT expires_at - created_at AS life FROM links WHERE kind = 'email_undo' AND user_id = ?",
    Number(account.id),
  );
  expect(rows).toEqual([{ life: WEEK_MS }]);
  const answer = await undo(token);
  expect(answer.status).toBe(200);
  expectProblem(await account.browser.get(ME), "session_ended");
  const again = await deployment.signIn(account);
  expect((await again.get(ME)).json).toMatchObject({ email: account.email, email_verified: true });
  expectProblem(await undo(token), "invalid_token");
});

test.concurrent("after 7 days it can be taken back no more", async () => {
  const account = await deployment.newAccount();
  const token = await move(account, freshEmail());
  const age = "UPDATE links SET expires_at = expires_at - ? WHERE user_id = ?";
  deployment.sql(age, WEEK_MS, Number(account.id));
  expectProblem(await undo(token), "invalid_token");
  expect((await account.browser.get(ME)).status).toBe(200);
});

test.concurrent("the first of two changes can be taken back after the second", async () => {
  const account = await deployment.newAccount();
  const token = await move(account, freshEmail());
  const moved = {
    ...account,
    email: String(((await account.browser.get(ME)).json as Account).email),
  };
  await move(moved, freshEmail());
  expect((await undo(token)).status).toBe(200);
  const again = await deployment.signIn(account);
  expect((await again.get(ME)).json).toMatchObject({ email: account.email });
});

test.concurrent("another browser must give the password to confirm", async () => {
  const account = await deployment.newAccount();
  const email = freshEmail();
  await ask(account, email);
  const { token } = await deployment.nextLink(email);
  expectProblem(await deployment.visitor().post(VERIFY, { token }), "confirm_password");
  const wrong = { token, password: "not-the-password-1" };
  expectProblem(await deployment.visitor().post(VERIFY, wrong), "confirm_password");
  const right = { token, password: GOOD_PASSWORD };
  expect((await deployment.visitor().post(VERIFY, right)).status).toBe(200);
});

test.concurrent("a newer request voids the older link", async () => {
  const account = await deployment.newAccount();
  const [first, second] = [freshEmail(), freshEmail()];
  await ask(account, first);
  const older = await deployment.nextLink(first);
  await ask(account, second);
  const newer = await deployment.nextLink(second);
  expectProblem(await account.browser.post(VERIFY, { token: older.token }), "invalid_token");
  expect((await account.browser.post(VERIFY, { token: newer.token })).status).toBe(200);
});

test.concurrent("an address that somebody else took meanwhile is 409 conflict at its link", async () => {
  const account = await deployment.newAccount();
  const email = freshEmail();
  await ask(account, email);
  const { token } = await deployment.nextLink(email);
  await deployment.newAccount({ email });
  expectProblem(await account.browser.post(VERIFY, { token }), "conflict");
  expect((await account.browser.get(ME)).json).toMatchObject({ email: account.email });
});

test.concurrent("a link to reset, sent to the old address, is void once that is undone", async () => {
  const account = await deployment.newAccount();
  const email = freshEmail();
  const token = await move(account, email);
  await deployment.visitor().post("/api/v1/auth/password/forgot", { email });
  const thief = await deployment.nextLink(email);
  expect((await undo(token)).status).toBe(200);
  const body = { token: thief.token, new_password: "quite-another-staple-3" };
  const reset = await deployment.visitor().post("/api/v1/auth/password/reset", body);
  expectProblem(reset, "invalid_token");
});

/** Makes the server read an account anew: what tests move in the database it may still remember. */
async function forgetWhatIsRemembered(account: Account): Promise<void> {
  await account.browser.request("PATCH", ME, { body: { name: freshName() } });
}

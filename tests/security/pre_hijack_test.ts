import { afterAll, beforeAll, expect, test } from "bun:test";
import {
  type Deployment,
  freshName,
  GOOD_PASSWORD,
  openDeployment,
  type Visitor,
} from "../support/deployment.ts";
import { expectProblem } from "../support/expect_problem.ts";
import { AUTH, askMe, type Pair } from "./_acts.ts";

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment();
});

afterAll(async () => {
  await deployment.close();
});

const PLANTED = "planted-by-a-stranger-4";

/** A stranger signs up for an address that is not the stranger's. */
async function plant(email: string): Promise<{ thief: Visitor; username: string }> {
  const thief = deployment.visitor();
  const username = freshName();
  const body = { email, username, password: PLANTED };
  expect((await thief.post(`${AUTH}/signup`, body)).status).toBe(202);
  return { thief, username };
}

test("the owner of an address cannot be made to confirm a stranger's signup (pre-hijacking)", async () => {
  const email = "owner-1@example.com";
  const { username } = await plant(email);
  const { token } = await deployment.nextLink(email);
  const owner = deployment.visitor();
  for (const password of [undefined, null, "", GOOD_PASSWORD, `${PLANTED}x`]) {
    const answer = await owner.post(`${AUTH}/verify-email`, { token, password });
    expectProblem(answer, "confirm_password");
    expect(answer.headers.getSetCookie().join()).not.toContain("sessionid");
  }
  expect(deployment.sql("SELECT id FROM users WHERE username = ?", username)).toEqual([]);
});

test("the owner who signs up after a stranger has an account of their own, and the stranger none", async () => {
  const email = "owner-2@example.com";
  const planted = await plant(email);
  const strangers = await deployment.nextLink(email);
  const owner = await deployment.newAccount({ email });
  for (const identifier of [email, planted.username]) {
    const answer = await planted.thief.post(`${AUTH}/token`, { identifier, password: PLANTED });
    expect([401, 403]).toContain(answer.status);
  }
  const body = { token: strangers.token, password: PLANTED };
  expectProblem(await planted.thief.post(`${AUTH}/verify-email`, body), "invalid_token");
  const login = { identifier: email, password: owner.password };
  const pair = (await deployment.visitor().post(`${AUTH}/token`, login)).json as Pair;
  expect((await askMe(deployment, pair.access_token)).json).toMatchObject({
    username: owner.username,
  });
});

test("a stranger who signs up again, before and after, does not void the owner's link", async () => {
  const email = "owner-3@example.com";
  await plant(email);
  await deployment.nextLink(email);
  const owner = deployment.visitor();
  const username = freshName();
  await owner.post(`${AUTH}/signup`, { email, username, password: GOOD_PASSWORD });
  const { token } = await deployment.nextLink(email);
  const { thief } = await plant(email);
  for (const identifier of [email, username]) {
    await thief.post(`${AUTH}/token`, { identifier, password: PLANTED });
  }
  expect((await owner.post(`${AUTH}/verify-email`, { token })).status).toBe(200);
});

test("a signup of a user's address changes nothing of the user's, and its password opens nothing", async () => {
  const owner = await deployment.newAccount();
  const { thief, username } = await plant(owner.email);
  const mail = await deployment.smtp.next(owner.email);
  expect(mail.text).not.toContain("#token=");
  expect(mail.text).not.toContain(username);
  for (const identifier of [owner.email, owner.username, username]) {
    const answer = await thief.post(`${AUTH}/token`, { identifier, password: PLANTED });
    expect(answer.status).toBeOneOf([401, 403]);
  }
  const login = { identifier: owner.email, password: owner.password };
  expect((await deployment.visitor().post(`${AUTH}/token`, login)).status).toBe(200);
});

test("a reset link of the owner ends what a thief has: sessions, tokens, links and the password", async () => {
  const owner = await deployment.newAccount();
  const login = { identifier: owner.email, password: owner.password };
  const stolen = (await deployment.visitor().post(`${AUTH}/token`, login)).json as Pair;
  await deployment.visitor().post(`${AUTH}/password/forgot`, { email: owner.email });
  const older = await deployment.nextLink(owner.email);
  await deployment.visitor().post(`${AUTH}/password/forgot`, { email: owner.email });
  const newer = await deployment.nextLink(owner.email);
  const new_password = "another-horse-battery-2";
  const reset = { token: newer.token, new_password };
  expect((await deployment.visitor().post(`${AUTH}/password/reset`, reset)).status).toBe(200);
  expectProblem(await askMe(deployment, stolen.access_token), "session_ended");
  const again = { token: older.token, new_password: "chosen-by-the-thief-2" };
  expectProblem(await deployment.visitor().post(`${AUTH}/password/reset`, again), "invalid_token");
  expectProblem(await deployment.visitor().post(`${AUTH}/token`, login), "invalid_credentials");
});

test("a guess at a signup's password through its link is limited", async () => {
  const email = "owner-4@example.com";
  await plant(email);
  const { token } = await deployment.nextLink(email);
  const answers = await Promise.all(
    Array.from({ length: 16 }, (_, index) =>
      deployment
        .visitor()
        .post(`${AUTH}/verify-email`, { token, password: `guess-number-${index}` }),
    ),
  );
  // Ten in a minute, and perhaps one more for each six seconds that a slow machine takes.
  const wrong = answers.filter(({ status }) => status === 403).length;
  expect(wrong).toBeWithin(10, 15);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(16 - wrong);
});

import { afterAll, beforeAll, expect, test } from "bun:test";
import {
  type Deployment,
  freshName,
  GOOD_PASSWORD,
  openDeployment,
} from "../support/deployment.ts";
import { expectFieldProblems } from "../support/expect_problem.ts";

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment();
});

afterAll(async () => {
  await deployment.close();
});

async function signUp(fields: { readonly username?: string; readonly email?: string }) {
  const username = fields.username ?? freshName();
  const email = fields.email ?? `${freshName()}@example.com`;
  const body = { username, email, password: GOOD_PASSWORD };
  return await deployment.visitor().post("/api/v1/auth/signup", body);
}

test.concurrent.each(["abc", "a-b", "a.b_c-d", "0x0", "9".repeat(3), "a".repeat(30), "MiXeD.Case"])(
  "the username %s is taken",
  async (username) => {
    expect((await signUp({ username })).status).toBe(202);
    const kept = "SELECT username FROM signups WHERE username = ?";
    expect(deployment.sql(kept, username.toLowerCase()).length).toBeGreaterThan(0);
  },
);

test.concurrent.each([
  "",
  "ab",
  "a".repeat(31),
  "-abc",
  "abc-",
  ".abc",
  "abc.",
  "_abc",
  "abc_",
  "a b c",
  "a@b",
  "ada\n",
  "ad\u0430",
  "\u00e4bc",
  "\uff41bc",
  "abc\u200b",
  "ab\u0000c",
  "a/b",
  "\u0130abc",
  "\u212aelvin",
])("the username %j is 422 username_invalid", async (username) => {
  expectFieldProblems(await signUp({ username }), ["username", "username_invalid"]);
});

test.concurrent.each([
  "admin",
  "Root",
  "postmaster",
  "webmaster",
  "abuse",
  "support",
  "postern",
  "me",
])("the username %s is reserved", async (username) => {
  expectFieldProblems(await signUp({ username }), ["username", "username_invalid"]);
});

const LONG_DOMAIN = `${"a".repeat(63)}.${"b".repeat(63)}.${"c".repeat(57)}.de`;

test.concurrent.each([
  "a@example.com",
  "first.last+tag@sub.example.co.uk",
  "o'neil_%!#$&*/=?^`{|}~-@example.com",
  `${"l".repeat(64)}@example.com`,
  `${"l".repeat(64)}@${LONG_DOMAIN}`,
  "who@xn--bcher-kva.example",
  "MiXeD@ExAmPlE.com",
])("the address %s is taken, and kept as given", async (email) => {
  expect((await signUp({ email })).status).toBe(202);
  const kept = "SELECT email FROM signups WHERE email_key = ?";
  expect(deployment.sql(kept, email.toLowerCase())).toEqual([{ email }]);
});

test.concurrent.each([
  "",
  "plain",
  "@example.com",
  "a@",
  "a@b@example.com",
  "a@example",
  "a@example..com",
  ".a@example.com",
  "a.@example.com",
  "a..b@example.com",
  "a b@example.com",
  " a@example.com",
  "a@example.com ",
  '"a"@example.com',
  "a@[127.0.0.1]",
  "a@127.0.0.1",
  "a@-example.com",
  "a@example-.com",
  "a@ex_ample.com",
  "a@b\u00fccher.example",
  "\u00e4@example.com",
  "a@example.com\r\nBcc: b@example.com",
  "a\u0000@example.com",
  "a,b@example.com",
  "A <a@example.com>",
  `${"l".repeat(65)}@example.com`,
  `${"l".repeat(65)}@${LONG_DOMAIN}`,
  `a@${"b".repeat(64)}.com`,
])("the address %j is 422 email_invalid", async (email) => {
  expectFieldProblems(await signUp({ email }), ["email", "email_invalid"]);
  expect(deployment.sql("SELECT id FROM signups WHERE email = ?", email)).toEqual([]);
});

test.concurrent("addresses are compared in lower case, so one in other letters is the same account's", async () => {
  const account = await deployment.newAccount({ email: "Same.Person@Example.com" });
  expect((await signUp({ email: "same.person@EXAMPLE.com" })).status).toBe(202);
  await deployment.smtp.next("Same.Person@example.com");
  const rows = deployment.sql("SELECT id FROM users WHERE email_key = 'same.person@example.com'");
  expect(rows).toEqual([{ id: Number(account.id) }]);
});

test("mail goes only to what is stored", async () => {
  await deployment.newAccount({ email: "Stored.Form@example.com" });
  const body = { email: "STORED.FORM@EXAMPLE.COM" };
  await deployment.visitor().post("/api/v1/auth/password/forgot", body);
  expect((await deployment.nextLink("Stored.Form@example.com")).token).toBeString();
});

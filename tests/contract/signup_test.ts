import { afterAll, beforeAll, expect, test } from "bun:test";
import {
  type Deployment,
  freshAddress,
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

async function signUp(visitor: Visitor, fields: Readonly<Record<string, unknown>>) {
  const password = GOOD_PASSWORD;
  return await visitor.post("/api/v1/auth/signup", { password, ...fields });
}

async function verify(visitor: Visitor, fields: Readonly<Record<string, unknown>>) {
  return await visitor.post("/api/v1/auth/verify-email", fields);
}

test.concurrent("POST signup is 202 verification_sent, and the link signs in with the four cookies", async () => {
  const visitor = deployment.visitor();
  const email = "Ada.Lovelace@Example.com";
  const asked = await signUp(visitor, { email, username: "Ada", name: "Ada Lovelace" });
  expect([asked.status, asked.json]).toEqual([202, { status: "verification_sent" }]);
  const { token, mail } = await deployment.nextLink(email);
  expect(mail.text).toContain(`${deployment.server.publicUrl}/verify-email#token=${token}`);
  const verified = await verify(visitor, { token });
  expect(verified.status).toBe(200);
  expect(verified.json).toEqual({
    user: {
      id: expect.stringMatching(/^\d+$/),
      username: "ada",
      email,
      email_verified: true,
      name: "Ada Lovelace",
      picture: null,
      role: null,
      has_password: true,
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    },
  });
  const names = ["access_token", "refresh_token", "sessionid", "csrftoken"];
  for (const name of names) expect(visitor.jar.find(name)).toBeString();
  expect((await visitor.get(ME)).json).toMatchObject({ username: "ada" });
});

test.concurrent("the link in a mail is PUBLIC_URL with a fragment, and opening its page spends nothing", async () => {
  const visitor = deployment.visitor();
  await signUp(visitor, { email: "scanner@example.com", username: "scanner" });
  const { token, mail } = await deployment.nextLink("scanner@example.com");
  const links = mail.text.match(/https?:\S+/g) ?? [];
  const htmlLinks = mail.html.match(/href="([^"]+)"/g) ?? [];
  expect(links.length).toBeGreaterThan(0);
  for (const link of links) expect(link).toStartWith(`${deployment.server.publicUrl}/`);
  for (const link of links.filter((one) => one.includes(token))) expect(link).not.toContain("?");
  expect(htmlLinks.join(" ")).toContain(`/verify-email#token=${token}`);
  const page = await deployment
    .visitor()
    .get("/verify-email", { headers: { Accept: "text/html" } });
  expect(page.status).toBe(200);
  expect((await verify(visitor, { token })).status).toBe(200);
});

test.concurrent("a taken address is answered alike, and only its owner is told by mail (enumeration)", async () => {
  const owner = await deployment.newAccount();
  const [free, taken] = [deployment.visitor(), deployment.visitor()];
  const username = freshName();
  const answers = [
    await signUp(free, { email: `${username}@example.com`, username }),
    await signUp(taken, { email: owner.email.toUpperCase(), username: freshName() }),
  ];
  const seen = answers.map(({ status, text, headers }) => {
    const names = [...headers.keys()].filter((name) => name !== "set-cookie").toSorted();
    return { status, text, names };
  });
  expect(seen[1]).toEqual(seen[0]);
  const mail = await deployment.smtp.next(owner.email);
  expect(mail.text).not.toContain("#token=");
  expect((await owner.browser.get(ME)).status).toBe(200);
});

test.concurrent("a taken username is 422 username_taken, in any case of letters", async () => {
  const { username } = await deployment.newAccount();
  for (const spelled of [username, username.toUpperCase()]) {
    const visitor = deployment.visitor();
    const answer = await signUp(visitor, { email: "late@example.com", username: spelled });
    expectFieldProblems(answer, ["username", "username_taken"]);
  }
});

test.concurrent("all that is wrong with a signup is told at once, and nothing is kept of it", async () => {
  const sent = {
    email: "no-address",
    username: "-x-",
    password: "1234",
    name: "\u202Etxt",
  };
  const answer = await signUp(deployment.visitor(), sent);
  expectFieldProblems(
    answer,
    ["email", "email_invalid"],
    ["username", "username_invalid"],
    ["name", "invalid_request"],
    ["password", "password_too_short"],
    ["password", "password_numeric"],
  );
  expect(deployment.sql("SELECT * FROM signups WHERE email = 'no-address'")).toEqual([]);
});

test.concurrent("an address waits unverified: no user is made, and nobody can sign in with it", async () => {
  await signUp(deployment.visitor(), { email: "waits@example.com", username: "waits" });
  expect(deployment.sql("SELECT * FROM users WHERE username = 'waits'")).toEqual([]);
  const body = { identifier: "waits", password: GOOD_PASSWORD };
  expectProblem(await deployment.visitor().post("/api/v1/auth/token", body), "email_unverified");
});

test("the mail of an acknowledged signup survives a crash", async () => {
  const address = freshAddress();
  deployment.smtp.behave("defer");
  const visitor = deployment.visitor({ address });
  const answer = await signUp(visitor, { email: "crash@example.com", username: "crash" });
  expect(answer.status).toBe(202);
  await deployment.crash();
  deployment.smtp.behave("accept");
  deployment.sql("UPDATE outbox SET due_at = 0 WHERE sent_at IS NULL");
  await deployment.restart();
  const { token } = await deployment.nextLink("crash@example.com");
  const verified = await verify(deployment.visitor(), { token, password: GOOD_PASSWORD });
  expect(verified.json).toMatchObject({ user: { username: "crash" } });
}, 180_000);

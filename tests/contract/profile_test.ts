import { afterAll, beforeAll, expect, test } from "bun:test";
import { type Account, type Deployment, openDeployment } from "../support/deployment.ts";
import { expectFieldProblems, expectProblem } from "../support/expect_problem.ts";

let deployment: Deployment;
let ada: Account;

beforeAll(async () => {
  deployment = await openDeployment();
  ada = await deployment.newAccount({ username: "ada" });
});

afterAll(async () => {
  await deployment.close();
});

const ME = "/api/v1/auth/me";

async function patch(fields: unknown, account: Account = ada) {
  return await account.browser.request("PATCH", ME, { body: fields });
}

test("GET me tells the user's own account, and nothing of the hash", async () => {
  const answer = await ada.browser.get(ME);
  expect(answer.status).toBe(200);
  expect(answer.json).toMatchObject({
    id: ada.id,
    username: "ada",
    email: "ada@example.com",
    email_verified: true,
    name: null,
    picture: null,
    created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  });
  expect(answer.text).not.toContain("argon2");
});

test("GET me without credentials is 401 unauthenticated, and says so in WWW-Authenticate", async () => {
  const answer = await deployment.visitor().get(ME);
  expectProblem(answer, "unauthenticated");
  expect(answer.headers.get("www-authenticate")).toBe("Bearer");
});

test("PATCH takes name, username and picture, at once on the next GET", async () => {
  const account = await deployment.newAccount();
  const fields = {
    name: "Ada Lovelace",
    username: "Countess",
    picture: "https://example.com/a.png",
  };
  const answer = await patch(fields, account);
  expect(answer.status).toBe(200);
  expect(answer.json).toMatchObject({ ...fields, username: "countess", email: account.email });
  expect((await account.browser.get(ME)).json).toEqual(answer.json);
  const none = await patch({ name: null, picture: null }, account);
  expect(none.json).toMatchObject({ name: null, picture: null, username: "countess" });
});

test("PATCH takes nothing else (mass assignment)", async () => {
  const before = (await ada.browser.get(ME)).json;
  const row = deployment.sql("SELECT * FROM users WHERE id = ?", Number(ada.id));
  const answer = await patch({
    id: "999",
    email: "other@example.com",
    email_verified: false,
    role: "owner",
    password: "x",
    password_hash: "x",
    passwordHash: "x",
    blocked_at: null,
    created_at: "2000-01-01T00:00:00.000Z",
  });
  expect([answer.status, answer.json]).toEqual([200, before]);
  expect(deployment.sql("SELECT * FROM users WHERE id = ?", Number(ada.id))).toEqual([...row]);
});

test("an empty PATCH changes nothing", async () => {
  const before = (await ada.browser.get(ME)).json;
  expect((await patch({})).json).toEqual(before);
});

test("a taken username is 422 username_taken, one's own in other letters is not", async () => {
  const other = await deployment.newAccount();
  expectFieldProblems(await patch({ username: other.username }), ["username", "username_taken"]);
  expect((await patch({ username: "ADA" })).json).toMatchObject({ username: "ada" });
});

test("all that is wrong with a profile is told at once, and nothing of it is kept", async () => {
  const before = (await ada.browser.get(ME)).json;
  const answer = await patch({
    name: "a".repeat(201),
    username: "x",
    picture: "javascript:alert(1)",
  });
  expectFieldProblems(
    answer,
    ["name", "invalid_request"],
    ["username", "username_invalid"],
    ["picture", "invalid_request"],
  );
  expect((await patch({ name: "Good", username: "?" })).status).toBe(422);
  expect((await ada.browser.get(ME)).json).toEqual(before);
});

const PICTURES = [
  "http://example.com/a.png",
  "data:image/png;base64,AAAA",
  "//example.com/a.png",
  "https://user:password@example.com/",
  "https://",
  "javascript:alert(1)",
  `https://example.com/${"a".repeat(2_048)}`,
];

test.each(PICTURES)("a picture is https and names no user: not %s", async (picture) => {
  expectFieldProblems(await patch({ picture }), ["picture", "invalid_request"]);
});

test("a name keeps its characters, in NFC, and refuses what hides or turns text", async () => {
  const answer = await patch({ name: "  Zoe\u0308 \u5f35 \u{1f469}\u200d\u{1f52c} O'Neil <b>  " });
  expect(answer.json).toMatchObject({
    name: "Zo\u00eb \u5f35 \u{1f469}\u200d\u{1f52c} O'Neil <b>",
  });
  for (const name of ["a\u0000b", "a\nb", "\u202Eevil", "\u2066x", "\ud800"]) {
    expectFieldProblems(await patch({ name }), ["name", "invalid_request"]);
  }
});

test("the tokens made before a new username still work, and those made after carry it", async () => {
  const account = await deployment.newAccount();
  const token = account.browser.jar.find("access_token");
  await patch({ username: "renamed-one" }, account);
  const headers = { Authorization: `Bearer ${token}` };
  const me = await deployment.visitor().get(ME, { headers });
  expect(me.json).toMatchObject({ username: "renamed-one" });
});

test("PATCH asks for the CSRF pair", async () => {
  const answer = await ada.browser.request("PATCH", ME, { body: { name: "x" }, csrf: false });
  expectProblem(answer, "csrf_failed");
});

test("GET providers lists those that are switched on, without credentials", async () => {
  const answer = await deployment.visitor().get("/api/v1/auth/providers");
  expect([answer.status, answer.json]).toEqual([200, { items: [], next: null }]);
});

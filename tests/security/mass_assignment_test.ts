import { afterAll, beforeAll, expect, test } from "bun:test";
import {
  type Deployment,
  freshName,
  GOOD_PASSWORD,
  openDeployment,
} from "../support/deployment.ts";
import { expectProblem } from "../support/expect_problem.ts";
import { AUTH } from "./_acts.ts";

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment();
});

afterAll(async () => {
  await deployment.close();
});

/** What nobody may choose, in every spelling that a mapper could take for it. */
const GREEDY = {
  id: "1",
  user_id: 1,
  userId: 1,
  role: "owner",
  roles: ["owner"],
  is_admin: true,
  is_staff: true,
  is_superuser: true,
  email_verified: true,
  emailVerified: true,
  email_key: "x@example.com",
  password_hash: "$argon2id$v=19$m=8,t=1,p=1$AAAA$AAAA",
  passwordHash: "x",
  blocked_at: null,
  blockedAt: null,
  created_at: "1970-01-01T00:00:00.000Z",
  has_password: false,
  status: "verified",
  token: "x",
  browserHash: "x",
  linkExpiresAt: 9_000_000_000_000,
  constructor: { prototype: { role: "owner" } },
  prototype: { role: "owner" },
};

function rowOf(username: string) {
  const [row] = deployment.sql("SELECT * FROM users WHERE username = ?", username);
  return row;
}

test("signup takes no role, no id, no verified address and no hash (mass assignment)", async () => {
  const first = await deployment.newAccount();
  const username = freshName();
  const email = `${username}@example.com`;
  const body = { ...GREEDY, email, username, password: GOOD_PASSWORD };
  const text = JSON.stringify(body).replace(/}$/, `,"__proto__":{"role":"owner"}}`);
  const browser = deployment.visitor();
  expect((await browser.post(`${AUTH}/signup`, text)).status).toBe(202);
  expect(rowOf(username)).toBeUndefined();
  const { token } = await deployment.nextLink(email);
  const answer = await browser.post(`${AUTH}/verify-email`, { ...GREEDY, token });
  expect(answer.status).toBe(200);
  const row = rowOf(username);
  expect(row).toMatchObject({ role: null, blocked_at: null, email, email_key: email });
  expect(row?.["id"]).not.toBe(Number(first.id));
  expect(String(row?.["password_hash"])).toStartWith("$argon2id$v=19$m=19456,t=2,p=1$");
  expect(Number(row?.["created_at"])).toBeGreaterThan(Date.now() - 600_000);
});

test("PATCH me takes name, username and picture, and nothing else (mass assignment)", async () => {
  const account = await deployment.newAccount();
  const before = rowOf(account.username);
  const text = JSON.stringify({ ...GREEDY, email: "new@example.com", name: "Taken" });
  const greedy = text.replace(/}$/, `,"__proto__":{"role":"owner"}}`);
  const answer = await account.browser.request("PATCH", `${AUTH}/me`, { body: greedy });
  expect(answer.status).toBe(200);
  expect(rowOf(account.username)).toEqual({ ...before, name: "Taken" });
  expect((await account.browser.get(`${AUTH}/me`)).json).toMatchObject({ role: null });
});

test("a password change, a reset and a sign-in take no user, no session and no role (mass assignment)", async () => {
  const [victim, thief] = [await deployment.newAccount(), await deployment.newAccount()];
  const theirs = {
    ...GREEDY,
    user_id: Number(victim.id),
    id: victim.id,
    username: victim.username,
  };
  const new_password = "another-horse-battery-3";
  const changed = await thief.browser.post(`${AUTH}/password/change`, {
    ...theirs,
    email: victim.email,
    current_password: thief.password,
    new_password,
  });
  expect(changed.status).toBe(200);
  await deployment.visitor().post(`${AUTH}/password/forgot`, { email: thief.email });
  const mail = await deployment.smtp.next(thief.email);
  const { token } = mail.text.includes("#token=")
    ? { token: /#token=([\w-]+)/.exec(mail.text)?.[1] }
    : await deployment.nextLink(thief.email);
  const reset = { ...theirs, token, email: victim.email, new_password: `${new_password}!` };
  expect((await deployment.visitor().post(`${AUTH}/password/reset`, reset)).status).toBe(200);
  const identifier = victim.email;
  const asVictim = { identifier, email: thief.email, username: thief.username };
  for (const password of [new_password, `${new_password}!`]) {
    const answer = await deployment.visitor().post(`${AUTH}/token`, { ...asVictim, password });
    expectProblem(answer, "invalid_credentials");
  }
  const own = { ...theirs, identifier, password: victim.password };
  expect((await deployment.visitor().post(`${AUTH}/token`, own)).status).toBe(200);
});

test("somebody else's session can be neither seen nor ended (object reference)", async () => {
  const [victim, thief] = [await deployment.newAccount(), await deployment.newAccount()];
  const [session] = deployment.sql<{ id: string }>(
    "SELECT id FROM sessions WHERE user_id = ?",
    Number(victim.id),
  );
  const id = session?.id ?? "";
  const spellings = [id, id.toUpperCase(), `${id}%00`, `${id}%20`, `%7B${id}%7D`, `${id}?user=1`];
  for (const spelling of spellings) {
    const answer = await thief.browser.request("DELETE", `${AUTH}/sessions/${spelling}`, {
      headers: { "X-User-Id": victim.id },
    });
    expectProblem(answer, "not_found");
  }
  const query = `user_id=${victim.id}&limit=200&filter[user_id]=${victim.id}`;
  const list = await thief.browser.get(`${AUTH}/sessions?${query}`);
  expect(list.text).not.toContain(id);
  expect((await victim.browser.get(`${AUTH}/me`)).status).toBe(200);
});

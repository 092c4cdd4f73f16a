import { afterAll, beforeAll, expect, test } from "bun:test";
import {
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

async function signUp(visitor: Visitor, fields: Readonly<Record<string, unknown>>) {
  const password = GOOD_PASSWORD;
  return await visitor.post("/api/v1/auth/signup", { password, ...fields });
}

async function verify(visitor: Visitor, fields: Readonly<Record<string, unknown>>) {
  return await visitor.post("/api/v1/auth/verify-email", fields);
}

test.concurrent("a verification link works once", async () => {
  const visitor = deployment.visitor();
  await signUp(visitor, { email: "once@example.com", username: "once" });
  const { token } = await deployment.nextLink("once@example.com");
  const answers = await Promise.all([1, 2, 3, 4].map(() => verify(visitor, { token })));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401, 401, 401]);
  expectProblem(await verify(deployment.visitor(), { token }), "invalid_token");
});

test.concurrent("a link that was never sent, or is cut off, is 401 invalid_token", async () => {
  await signUp(deployment.visitor(), { email: "cut@example.com", username: "cut-off" });
  const { token } = await deployment.nextLink("cut@example.com");
  for (const wrong of ["", "x", token.slice(0, -1), `${token}x`, token.toUpperCase()]) {
    expectProblem(await verify(deployment.visitor(), { token: wrong }), "invalid_token");
  }
});

test.concurrent("a signup holds no username: the first one that is verified has it, the other chooses again", async () => {
  const [first, second] = [deployment.visitor(), deployment.visitor()];
  await signUp(first, { email: "first@example.com", username: "wanted" });
  expect((await signUp(second, { email: "second@example.com", username: "wanted" })).status).toBe(
    202,
  );
  const [firsts, seconds] = [
    await deployment.nextLink("first@example.com"),
    await deployment.nextLink("second@example.com"),
  ];
  expect((await verify(second, { token: seconds.token })).status).toBe(200);
  expectProblem(await verify(first, { token: firsts.token }), "username_taken");
  const bad = await verify(first, { token: firsts.token, username: "no" });
  expectFieldProblems(bad, ["username", "username_invalid"]);
  const again = await verify(first, { token: firsts.token, username: "Wanted-too" });
  expect(again.json).toMatchObject({
    user: { username: "wanted-too", email: "first@example.com" },
  });
});

test.concurrent("each signup waits on its own; one that is verified discards the others for that address", async () => {
  const email = "shared@example.com";
  const [mine, theirs] = [deployment.visitor(), deployment.visitor()];
  await signUp(mine, { email, username: "mine" });
  const myLink = await deployment.nextLink(email);
  await signUp(theirs, { email: "Shared@example.com", username: "theirs" });
  const theirLink = await deployment.nextLink("Shared@example.com");
  const verified = await verify(mine, { token: myLink.token });
  expect(verified.json).toMatchObject({ user: { username: "mine" } });
  expectProblem(await verify(theirs, { token: theirLink.token }), "invalid_token");
  const name = await signUp(deployment.visitor(), { email: "x@example.com", username: "theirs" });
  expect(name.status).toBe(202);
});

test.concurrent("a newer link voids the older of the same signup", async () => {
  const visitor = deployment.visitor();
  await signUp(visitor, { email: "newer@example.com", username: "newer" });
  const older = await deployment.nextLink("newer@example.com");
  const login = { identifier: "newer@example.com", password: GOOD_PASSWORD };
  expectProblem(await visitor.post("/api/v1/auth/login", login), "email_unverified");
  const newer = await deployment.nextLink("newer@example.com");
  expectProblem(await verify(visitor, { token: older.token }), "invalid_token");
  expect((await verify(visitor, { token: newer.token })).status).toBe(200);
});

test.concurrent("another browser must give that signup's password, so that nobody confirms a stranger's account", async () => {
  const email = "victim@example.com";
  await signUp(deployment.visitor(), { email, username: "planted" });
  const { token } = await deployment.nextLink(email);
  const victim = deployment.visitor();
  expectProblem(await verify(victim, { token }), "confirm_password");
  expectProblem(
    await verify(victim, { token, password: "not-the-one-chosen" }),
    "confirm_password",
  );
  expect(victim.jar.find("sessionid")).toBeUndefined();
  const verified = await verify(victim, { token, password: GOOD_PASSWORD });
  expect(verified.json).toMatchObject({ user: { username: "planted" } });
});

test.concurrent("a caller without cookies must give the password, too", async () => {
  const visitor = deployment.visitor();
  const email = "bot@example.com";
  await signUp(visitor, { email, username: "bot-1" });
  const { token } = await deployment.nextLink(email);
  const bot = deployment.visitor();
  const bare = { csrf: false, headers: { Origin: null } };
  expectProblem(await bot.post("/api/v1/auth/verify-email", { token }, bare), "confirm_password");
  const body = { token, password: GOOD_PASSWORD };
  expect((await bot.post("/api/v1/auth/verify-email", body, bare)).status).toBe(200);
});

test.concurrent("a dozen signups of one username at once, all verified, make one user (race)", async () => {
  const visitors = Array.from({ length: 12 }, () => deployment.visitor());
  const links = await Promise.all(
    visitors.map(async (visitor, n) => {
      const email = `racer${n}@example.com`;
      const answer = await signUp(visitor, { email, username: "racer" });
      if (answer.status === 503) return undefined;
      expect(answer.status).toBe(202);
      return { visitor, ...(await deployment.nextLink(email)) };
    }),
  );
  const asked = links.filter((link) => link !== undefined);
  expect(asked.length).toBeGreaterThan(1);
  const answers = await Promise.all(asked.map(({ visitor, token }) => verify(visitor, { token })));
  const statuses = answers.map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  expect(statuses.filter((status) => status === 409)).toHaveLength(asked.length - 1);
  expect(deployment.sql("SELECT id FROM users WHERE username = 'racer'")).toHaveLength(1);
});

test.concurrent("a link's life is over after 24 hours", async () => {
  const visitor = deployment.visitor();
  await signUp(visitor, { email: "slow@example.com", username: "slow-one" });
  const { token } = await deployment.nextLink("slow@example.com");
  const past = "UPDATE signups SET link_expires_at = ? WHERE username = 'slow-one'";
  deployment.sql(past, Date.now() - 1);
  expectProblem(await verify(visitor, { token }), "invalid_token");
});

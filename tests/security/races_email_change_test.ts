import { afterAll, beforeAll, expect, test } from "bun:test";
import { type Account, type Deployment, openDeployment } from "../support/deployment.ts";
import { expectProblem } from "../support/expect_problem.ts";
import { AUTH, liftLimits } from "./_acts.ts";

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment();
  await liftLimits(deployment);
});

afterAll(async () => {
  await deployment.close();
});

/** Links to another address that still work. */
function pendingOf({ id }: Account): readonly unknown[] {
  const sql = "SELECT email FROM links WHERE kind = 'email_change' AND user_id = ?";
  return deployment.sql(sql, Number(id));
}

async function operate(command: string, account: Account): Promise<void> {
  const done = await deployment.admin("users", command, account.username, "--json");
  expect(done.exitCode).toBe(0);
}

/** What the owner does about a thief; each ends the thief's session. */
const DEFENCES: readonly (readonly [
  name: string,
  prepare: (owner: Account) => Promise<() => Promise<unknown>>,
])[] = [
  [
    "a reset of the password",
    async ({ email }) => {
      const visitor = deployment.visitor();
      await visitor.post(`${AUTH}/password/forgot`, { email });
      const { token } = await deployment.nextLink(email);
      const body = { token, new_password: "another-horse-battery-4" };
      return async () => await visitor.post(`${AUTH}/password/reset`, body);
    },
  ],
  [
    "the end of all other sessions",
    async ({ browser }) =>
      async () =>
        await browser.request("DELETE", `${AUTH}/sessions`),
  ],
];

test.each(DEFENCES)(
  "a thief who asks for another address during %s has no link afterwards (race)",
  async (_, prepare) => {
    for (let round = 0; round < 6; round += 1) {
      const owner = await deployment.newAccount();
      const thief = await deployment.signIn(owner);
      const defend = await prepare(owner);
      const wanted = { email: `thief-${owner.email}`, current_password: owner.password };
      const asks = Array.from({ length: 3 }, () => thief.post(`${AUTH}/email/change`, wanted));
      const defended = Bun.sleep(round * 10).then(defend);
      const statuses = (await Promise.all(asks)).map(({ status }) => status);
      await defended;
      expect(statuses.filter((status) => status !== 202 && status !== 401)).toEqual([]);
      expect(pendingOf(owner)).toEqual([]);
    }
  },
);

/** Every way in which somebody else than its holder ends a session. */
const ENDINGS: readonly (readonly [name: string, end: (owner: Account) => Promise<unknown>])[] = [
  [
    "the owner ended all other sessions",
    ({ browser }) => browser.request("DELETE", `${AUTH}/sessions`),
  ],
  [
    "the owner ended the session",
    async ({ browser }) => {
      const { items } = (await browser.get(`${AUTH}/sessions`)).json as {
        items: readonly { id: string; current: boolean }[];
      };
      for (const { id, current } of items) {
        if (!current) await browser.request("DELETE", `${AUTH}/sessions/${id}`);
      }
    },
  ],
  ["the operator blocked the user", (owner) => operate("block", owner)],
  ["the operator signed the user out", (owner) => operate("sign-out", owner)],
];

test.each(ENDINGS)("a thief's link to another address is void once %s", async (_, end) => {
  const owner = await deployment.newAccount();
  const thief = await deployment.signIn(owner);
  const email = `thief-${owner.email}`;
  await thief.post(`${AUTH}/email/change`, { email, current_password: owner.password });
  const { token } = await deployment.nextLink(email);
  expect(pendingOf(owner)).toHaveLength(1);
  await end(owner);
  expect(pendingOf(owner)).toEqual([]);
  const confirm = { token, password: owner.password };
  expectProblem(await deployment.visitor().post(`${AUTH}/verify-email`, confirm), "invalid_token");
});

test("a thief who signed out first has no link either, once the owner ends all other sessions", async () => {
  const owner = await deployment.newAccount();
  const thief = await deployment.signIn(owner);
  const email = `thief-${owner.email}`;
  await thief.post(`${AUTH}/email/change`, { email, current_password: owner.password });
  await thief.post(`${AUTH}/logout`);
  expect(pendingOf(owner)).toHaveLength(1);
  await owner.browser.request("DELETE", `${AUTH}/sessions`);
  expect(pendingOf(owner)).toEqual([]);
});

test("a blocked user's links neither prove an address nor set a password", async () => {
  const owner = await deployment.newAccount();
  const visitor = deployment.visitor();
  await visitor.post(`${AUTH}/password/forgot`, { email: owner.email });
  const { token } = await deployment.nextLink(owner.email);
  await operate("block", owner);
  const reset = { token, new_password: "another-horse-battery-4" };
  expectProblem(await visitor.post(`${AUTH}/password/reset`, reset), "invalid_token");
});

test("a thief with a fresh session must give the password where the account has one", async () => {
  const owner = await deployment.newAccount();
  const thief = await deployment.signIn(owner);
  for (const proof of [{}, { current_password: null }]) {
    const wanted = { email: `thief-${owner.email}`, ...proof };
    expectProblem(await thief.post(`${AUTH}/email/change`, wanted), "wrong_password");
  }
  expect(pendingOf(owner)).toEqual([]);
});

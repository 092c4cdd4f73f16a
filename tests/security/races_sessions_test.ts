import { afterAll, beforeAll, expect, test } from "bun:test";
import { decodeJwt } from "jose";
import {
  type Account,
  type Deployment,
  openDeployment,
  type Visitor,
} from "../support/deployment.ts";
import { AUTH, cookieOf, liftLimits, newPair, type Pair } from "./_acts.ts";

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment();
  await liftLimits(deployment);
});

afterAll(async () => {
  await deployment.close();
});

/** One request of a hammer: when it began, and what came. */
interface Stroke {
  readonly startedAt: number;
  readonly status: number;
}

/** Asks who is signed in, without a break, by each of some credentials in turn. */
function hammer(credentials: readonly Readonly<Record<string, string>>[]) {
  const strokes: Stroke[] = [];
  const state = { isOver: false };
  const url = `${deployment.server.url}${AUTH}/me`;
  async function strike(from: number): Promise<void> {
    for (let turn = from; !state.isOver; turn += 1) {
      const headers = credentials[turn % credentials.length] ?? {};
      const startedAt = performance.now();
      const response = await fetch(url, { headers });
      await response.arrayBuffer();
      strokes.push({ startedAt, status: response.status });
    }
  }
  const strikers = Array.from({ length: 8 }, (_, index) => strike(index * 3));
  return {
    strokes,
    async stop(): Promise<void> {
      state.isOver = true;
      await Promise.all(strikers);
    },
  };
}

/** Waits until something is so. */
async function until(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`Never so: ${holds}`);
    await Bun.sleep(5);
  }
}

/** Many access tokens of one session: each is cold until its first use. */
async function manyTokens(pair: Pair, count: number): Promise<string[]> {
  const tokens = [pair.access_token];
  const ask = () =>
    deployment.visitor().post(`${AUTH}/refresh`, { refresh_token: pair.refresh_token });
  const answers = await Promise.all(Array.from({ length: count - 1 }, ask));
  for (const answer of answers) tokens.push((answer.json as Pair).access_token);
  return tokens;
}

/**
 * Ends a session under load, and fails where a request that began after the answer to it was let in.
 *
 * @returns How many were let in before: without any, nothing was shown.
 */
async function endUnderLoad(
  credentials: readonly Readonly<Record<string, string>>[],
  end: () => Promise<unknown>,
): Promise<number> {
  const { strokes, stop } = hammer(credentials);
  await until(() => strokes.some(({ status }) => status === 200));
  await Bun.sleep(Math.random() * 40);
  await end();
  const endedAt = performance.now();
  const lateOnes = () => strokes.filter(({ startedAt }) => startedAt > endedAt);
  await until(() => lateOnes().length >= credentials.length + 8);
  await stop();
  const late = lateOnes();
  expect(late.filter(({ status }) => status !== 401)).toEqual([]);
  return strokes.filter(({ status }) => status === 200).length;
}

function bearers(tokens: readonly string[]): Readonly<Record<string, string>>[] {
  return tokens.map((token) => ({ Authorization: `Bearer ${token}` }));
}

async function expectDelete(browser: Visitor, id: unknown): Promise<void> {
  const answer = await browser.request("DELETE", `${AUTH}/sessions/${String(id)}`);
  expect(answer.status).toBe(204);
}

test("no request that begins after the answer to DELETE is let in, by warm or cold tokens (race)", async () => {
  const owner = await deployment.newAccount();
  let before = 0;
  for (let round = 0; round < 6; round += 1) {
    const pair = await newPair(deployment, owner);
    const credentials = bearers(await manyTokens(pair, round % 2 ? 60 : 2));
    before += await endUnderLoad(credentials, () =>
      expectDelete(owner.browser, decodeJwt(pair.access_token)["sid"]),
    );
  }
  expect(before).toBeGreaterThan(0);
});

test("a token that is read for the first time while its session ends is not remembered (race)", async () => {
  const owner = await deployment.newAccount();
  for (let round = 0; round < 8; round += 1) {
    const pair = await newPair(deployment, owner);
    const tokens = await manyTokens(pair, 40);
    const ask = (token: string) =>
      fetch(`${deployment.server.url}${AUTH}/me`, {
        headers: { Authorization: `Bearer ${token}` },
      });
    const reading = tokens.map(ask);
    await expectDelete(owner.browser, decodeJwt(pair.access_token)["sid"]);
    const after = await Promise.all(tokens.map(ask));
    expect(after.filter(({ status }) => status !== 401)).toEqual([]);
    for (const response of await Promise.all(reading)) await response.arrayBuffer();
  }
});

/** Every way in which somebody ends sessions other than the one that is asked with. */
const ENDINGS: readonly (readonly [
  name: string,
  end: (owner: Account, browser: Visitor) => Promise<unknown>,
])[] = [
  ["DELETE of all others", (owner) => owner.browser.request("DELETE", `${AUTH}/sessions`)],
  ["logout", (_, browser) => browser.post(`${AUTH}/logout`)],
  [
    "a change of the password",
    ({ browser, password }) =>
      browser.post(`${AUTH}/password/change`, {
        current_password: password,
        new_password: "another-horse-battery-5",
      }),
  ],
  [
    "a reset of the password",
    async ({ email }) => {
      const visitor = deployment.visitor();
      await visitor.post(`${AUTH}/password/forgot`, { email });
      const { token } = await deployment.nextLink(email);
      const body = { token, new_password: "another-horse-battery-4" };
      return await visitor.post(`${AUTH}/password/reset`, body);
    },
  ],
];

test.each(ENDINGS)(
  "no request that begins after %s is let in, by cookies or tokens (race)",
  async (_, end) => {
    const owner = await deployment.newAccount();
    const browser = await deployment.signIn(owner);
    const cookies = [
      { Cookie: `sessionid=${cookieOf(browser, "sessionid")}` },
      { Cookie: `access_token=${cookieOf(browser, "access_token")}` },
      { Authorization: `Bearer ${cookieOf(browser, "access_token")}` },
    ];
    expect(await endUnderLoad(cookies, () => end(owner, browser))).toBeGreaterThan(0);
  },
);

/**
 * Ends a session by a command under load.
 *
 * @returns How long after the command a request began that was let in still, milliseconds; 0: none was.
 */
async function letInAfter(command: string): Promise<number> {
  const owner = await deployment.newAccount();
  const pair = await newPair(deployment, owner);
  const { strokes, stop } = hammer(bearers([pair.access_token]));
  await until(() => strokes.some(({ status }) => status === 200));
  const ended = await deployment.admin("users", command, owner.username, "--json");
  expect(ended.exitCode).toBe(0);
  const endedAt = performance.now();
  await until(() => strokes.some(({ status }) => status === 401));
  const refusedAt = performance.now();
  await until(() => strokes.filter(({ startedAt }) => startedAt > refusedAt).length > 20);
  await stop();
  const after = strokes.filter(({ startedAt }) => startedAt > refusedAt);
  expect(after.filter(({ status }) => status !== 401)).toEqual([]);
  const letIn = strokes.filter(({ status }) => status === 200).map(({ startedAt }) => startedAt);
  return Math.max(0, Math.max(...letIn) - endedAt);
}

test("the operator's block and sign-out end sessions within a second, under load (race)", async () => {
  for (const command of ["block", "sign-out"]) {
    // A machine that stalls tells nothing of the server: the best of some tries counts.
    let best = Number.POSITIVE_INFINITY;
    for (let tries = 0; tries < 4 && best > 1_000; tries += 1) {
      best = Math.min(best, await letInAfter(command));
    }
    expect(best).toBeLessThanOrEqual(1_000);
  }
}, 180_000);

test("20 DELETEs of one session at once end it once (race)", async () => {
  const owner = await deployment.newAccount();
  const pair = await newPair(deployment, owner);
  const sid = String(decodeJwt(pair.access_token)["sid"]);
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => owner.browser.request("DELETE", `${AUTH}/sessions/${sid}`)),
  );
  const statuses = answers.map(({ status }) => status).toSorted();
  expect(statuses).toEqual([204, ...Array.from({ length: 19 }, () => 404)]);
  const sql =
    "SELECT seq FROM events WHERE action = 'session_revoke' AND success = 1 AND user_id = ?";
  expect(deployment.sql(sql, Number(owner.id))).toHaveLength(1);
});

test("two sessions that end each other at once do not both live on (race)", async () => {
  const owner = await deployment.newAccount();
  for (let round = 0; round < 4; round += 1) {
    const [one, other] = [await deployment.signIn(owner), await deployment.signIn(owner)];
    const ends = [one, other].map((browser) => browser.request("DELETE", `${AUTH}/sessions`));
    const statuses = (await Promise.all(ends)).map(({ status }) => status);
    expect(statuses).toContain(204);
    const live = await Promise.all([one, other].map((browser) => browser.get(`${AUTH}/me`)));
    expect(live.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
  }
});

import { Database } from "bun:sqlite";
import { afterAll, beforeAll, expect, test } from "bun:test";
import { decodeProtectedHeader } from "jose";
import { type Account, type Deployment, openDeployment } from "../support/deployment.ts";
import { untilKeysLearnt } from "../support/keys_learnt.ts";
import { AUTH, askMe, askMeBy, codeOf, liftLimits, newPair, type Pair } from "./_acts.ts";

let deployment: Deployment;
let account: Account;

beforeAll(async () => {
  deployment = await openDeployment();
  await liftLimits(deployment);
  account = await deployment.newAccount();
});

afterAll(async () => {
  await deployment.close();
});

function statesOf(ring: string): readonly string[] {
  const sql = "SELECT state FROM keys WHERE ring = ? AND state <> 'retired' ORDER BY state";
  return deployment.sql<{ state: string }>(sql, ring).map(({ state }) => state);
}

test("two operators who rotate at once leave one current and one next key, and nobody signed out (race)", async () => {
  const before = await newPair(deployment, account);
  let since = 0;
  for (const ring of ["signing", "cookies", "secrets"]) {
    since = Date.now();
    const ends = await Promise.all([
      deployment.admin("rotate", ring, "--json"),
      deployment.admin("rotate", ring, "--json"),
    ]);
    const done = ends.filter(({ exitCode }) => exitCode === 0);
    expect(done.length).toBeGreaterThan(0);
    for (const { exitCode, stderr } of ends) {
      if (exitCode !== 0) expect(JSON.parse(stderr)).toMatchObject({ ok: false, code: "conflict" });
    }
    const states = statesOf(ring);
    expect(states.filter((state) => state === "current")).toHaveLength(1);
    expect(states.filter((state) => state === "next")).toHaveLength(1);
    expect(states.filter((state) => state === "previous")).toHaveLength(done.length);
  }
  await untilKeysLearnt(deployment, since);
  expect((await askMe(deployment, before.access_token)).status).toBe(200);
  expect((await account.browser.request("PATCH", `${AUTH}/me`, { body: {} })).status).toBe(200);
  const { refresh_token } = before;
  const answer = await deployment.visitor().post(`${AUTH}/refresh`, { refresh_token });
  expect(answer.status).toBe(200);
  const kid = ({ access_token }: Pair) => decodeProtectedHeader(access_token).kid;
  expect(kid(answer.json as Pair)).not.toBe(kid(before));
});

test("a compromise while people sign in and refresh makes no error, and leaves no token of the dropped key (race)", async () => {
  const state = { isOver: false };
  const pairs: Pair[] = [];
  const odd: string[] = [];
  async function signInAndRefresh(): Promise<void> {
    const someone = await deployment.newAccount();
    while (!state.isOver) {
      const { username: identifier, password } = someone;
      const body = { identifier, password };
      const answer = await deployment.visitor().post(`${AUTH}/token`, body);
      if (answer.status === 200) pairs.push(answer.json as Pair);
      // A crowded machine hashes slowly, and the server may say that it is busy.
      else if (![429, 503].includes(answer.status)) odd.push(`${answer.status} ${answer.text}`);
      const { refresh_token } = pairs.at(-1) ?? {};
      const next = await deployment.visitor().post(`${AUTH}/refresh`, { refresh_token });
      if (next.status === 200) pairs.push(next.json as Pair);
      else if (next.status !== 401) odd.push(`${next.status} ${next.text}`);
    }
  }
  const busy = Array.from({ length: 6 }, signInAndRefresh);
  const dropped: string[] = [];
  let since = 0;
  for (let round = 0; round < 3; round += 1) {
    await Bun.sleep(300);
    since = Date.now();
    const end = await deployment.admin("rotate", "signing", "--compromise", "--json");
    expect(end.exitCode).toBe(0);
    dropped.push(String(end.objects()[0]?.["previous"]));
  }
  await untilKeysLearnt(deployment, since);
  state.isOver = true;
  await Promise.all(busy);
  expect(odd).toEqual([]);
  const byKey = Map.groupBy(pairs, ({ access_token }) => decodeProtectedHeader(access_token).kid);
  expect(byKey.size).toBeGreaterThan(1);
  for (const [kid, signed] of byKey) {
    if (kid === undefined || !dropped.includes(kid)) continue;
    for (const { access_token, refresh_token } of signed) {
      expect((await askMe(deployment, access_token)).status).toBe(401);
      const answer = await deployment.visitor().post(`${AUTH}/refresh`, { refresh_token });
      expect(answer.status).toBe(401);
    }
  }
  const errors = deployment.server.logs().filter(({ level }) => level === "error");
  expect(errors).toEqual([]);
});

test("a sign-in that began before a compromise, and is written after it, leaves no session (race)", async () => {
  const browser = deployment.visitor();
  await browser.get(`${AUTH}/csrf`);
  const operator = new Database(`${deployment.folder}/data/postern.db`);
  const current = "state = 'current' AND ring = 'signing'";
  const id = operator.query(`SELECT id FROM keys WHERE ${current}`).get() as { id: string };
  operator.run("PRAGMA busy_timeout = 30000");
  operator.run("BEGIN IMMEDIATE");
  const { username: identifier, password } = account;
  const signingIn = browser.post(`${AUTH}/login`, { identifier, password });
  while ((await waitingWrites()) === 0) await Bun.sleep(5);
  operator.run("UPDATE keys SET state = 'retired' WHERE id = ?", [id.id]);
  operator.run("COMMIT");
  try {
    expect((await signingIn).status).toBe(200);
    const found = "SELECT end_reason FROM sessions WHERE user_id = ? ORDER BY id DESC LIMIT 1";
    expect(deployment.sql(found, Number(account.id))).toEqual([{ end_reason: "key_compromised" }]);
    const bySession = await askMeBy(deployment, `sessionid=${browser.jar.find("sessionid")}`);
    expect(codeOf(bySession)).toBe("session_ended");
  } finally {
    operator.run("UPDATE keys SET state = 'current' WHERE id = ?", [id.id]);
    operator.close();
  }
}, 180_000);

async function waitingWrites(): Promise<number> {
  const { text } = await deployment.visitor().get("/metrics");
  return Number(/^postern_writes_waiting (\d+)$/m.exec(text)?.[1]);
}

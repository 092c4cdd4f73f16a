import { Database } from "bun:sqlite";
import { afterAll, beforeAll, expect, test } from "bun:test";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { decodeJwt } from "jose";
import { GOOD_PASSWORD, tokenIn } from "../support/deployment.ts";
import { type Answer, createHttpClient, type HttpClient } from "../support/http_client.ts";
import { runAdmin } from "../support/operator.ts";
import {
  findFreePort,
  makeServerFolder,
  type ServerProcess,
  startServer,
} from "../support/server_process.ts";
import { type SmtpPeer, startSmtpPeer } from "../support/smtp_peer.ts";

const AUTH = "/api/v1/auth";
const KILLS = 50;
const LINEAGES = 8;
const SIGNERS = 3;

/** Longer than a start takes on any machine, milliseconds. */
const START_MAX_MS = 60_000;

/** How long fifty lives may take on a slow machine, milliseconds. */
const TEST_MAX_MS = 900_000;

/** What a server says that has too many passwords to look at: nothing was done. */
const BUSY = 503;

/** When the last mails have to be there, and how often to look. */
const MAILS_WITHIN_MS = 90_000;
const LOOK_EVERY_MS = 50;

let folder: string;
let smtp: SmtpPeer;
let env: Record<string, string>;
let server: ServerProcess;

/** What was acknowledged, and so must be there whatever came after. */
const acknowledged = {
  signups: [] as string[],
  logins: [] as string[],
  refreshes: 0,
  checked: 0,
};

/** The newest refresh token that each caller was handed; `null` while it has none. */
const lineages: (string | null)[] = Array.from({ length: LINEAGES }, () => null);

const odd: string[] = [];
let names = 0;

beforeAll(async () => {
  folder = await makeServerFolder();
  smtp = await startSmtpPeer();
  const port = await findFreePort();
  env = { PORT: String(port), SMTP_URL: smtp.url };
  server = await startServer({ folder, env });
  const browser = newClient();
  const body = { email: "ada@example.com", username: "ada", password: GOOD_PASSWORD };
  expect((await browser.post(`${AUTH}/signup`, body)).status).toBe(202);
  const token = tokenIn(await smtp.next(body.email));
  expect((await browser.post(`${AUTH}/verify-email`, { token })).status).toBe(200);
  await server.kill9();
  sql("UPDATE limits SET enabled = 0");
});

afterAll(async () => {
  await smtp.close();
  await rm(folder, { recursive: true, force: true });
});

function newClient(): HttpClient {
  return createHttpClient({ url: server.url, origin: server.publicUrl });
}

/** Works on the file while no server has it. */
function sql(text: string, ...args: (string | number)[]): readonly Record<string, unknown>[] {
  const database = new Database(join(folder, "data/postern.db"));
  const rows = database.query(text).all(...args) as Record<string, unknown>[];
  database.close();
  return rows;
}

/** How long a slow machine takes to start is not to count against those who ask again. */
function letAskAgain(): void {
  const soon = Date.now() + START_MAX_MS;
  sql("UPDATE refresh_tokens SET spent_at = ? WHERE spent_at IS NOT NULL", soon);
}

/** An answer; `null` where the server was gone before it had one. */
async function attempt(call: Promise<Answer>): Promise<Answer | null> {
  try {
    return await call;
  } catch {
    return null;
  }
}

/** Whether an answer is what it should be; one that is neither that nor busy is kept to be told of. */
function isGood(answer: Answer, status: number): boolean {
  if (![status, BUSY].includes(answer.status)) odd.push(`${answer.status} ${answer.text}`);
  return answer.status === status;
}

async function keepSigningUp(): Promise<void> {
  const browser = newClient();
  while (true) {
    names += 1;
    const email = `signup${names}@example.com`;
    const body = { email, username: `signup${names}`, password: GOOD_PASSWORD };
    const answer = await attempt(browser.post(`${AUTH}/signup`, body));
    if (answer === null) return;
    if (isGood(answer, 202)) acknowledged.signups.push(email);
  }
}

async function keepSigningIn(): Promise<void> {
  while (true) {
    const body = { identifier: "ada", password: GOOD_PASSWORD };
    const answer = await attempt(newClient().post(`${AUTH}/token`, body, { csrf: false }));
    if (answer === null) return;
    if (isGood(answer, 200)) {
      acknowledged.logins.push((answer.json as { access_token: string }).access_token);
    }
  }
}

async function keepRefreshing(lineage: number): Promise<void> {
  while (true) {
    const token = lineages[lineage] ?? null;
    const path = token === null ? "token" : "refresh";
    const login = { identifier: "ada", password: GOOD_PASSWORD };
    const body = token === null ? login : { refresh_token: token };
    const answer = await attempt(newClient().post(`${AUTH}/${path}`, body, { csrf: false }));
    if (answer === null) return;
    if (answer.status === BUSY) continue;
    if (!isGood(answer, 200)) return;
    lineages[lineage] = (answer.json as { refresh_token: string }).refresh_token;
    if (token !== null) acknowledged.refreshes += 1;
  }
}

async function isSignedIn(token: string): Promise<boolean> {
  const headers = { Authorization: `Bearer ${token}` };
  return (await newClient().get(`${AUTH}/me`, { headers })).status === 200;
}

/** Fails unless every sign-in that was acknowledged since the last look is a live session. */
async function checkLogins(): Promise<void> {
  const fresh = acknowledged.logins.slice(acknowledged.checked);
  acknowledged.checked = acknowledged.logins.length;
  const live = await Promise.all(fresh.map(isSignedIn));
  expect(live.filter((one) => !one)).toEqual([]);
}

/** Waits, on a slow machine, until there was something to lose in each of so many lives. */
async function untilAcknowledged(lives: number): Promise<void> {
  const deadline = performance.now() + 30_000;
  const isEnough = () =>
    acknowledged.signups.length > lives &&
    acknowledged.logins.length > lives &&
    acknowledged.refreshes > lives * LINEAGES;
  while (!isEnough() && performance.now() < deadline) await Bun.sleep(5);
}

test(
  "fifty times kill -9 amid signups, sign-ins and refreshes loses nothing that was acknowledged",
  async () => {
    for (let kill = 0; kill < KILLS; kill += 1) {
      letAskAgain();
      server = await startServer({ folder, env });
      await checkLogins();
      const load = [
        ...Array.from({ length: SIGNERS }, keepSigningUp),
        ...Array.from({ length: SIGNERS }, keepSigningIn),
        ...lineages.map((_, lineage) => keepRefreshing(lineage)),
      ];
      await untilAcknowledged(kill);
      await Bun.sleep((kill * 37) % 250);
      await server.kill9();
      await Promise.all(load);
    }
    expect(odd).toEqual([]);
    expect(acknowledged.signups.length).toBeGreaterThanOrEqual(KILLS);
    expect(acknowledged.logins.length).toBeGreaterThanOrEqual(KILLS);
    expect(acknowledged.refreshes).toBeGreaterThanOrEqual(KILLS * LINEAGES);
  },
  TEST_MAX_MS,
);

test("after them, the last refresh token of each caller works, and no lineage is double", async () => {
  // As if the minutes were over for which the dead had claimed the mails that they were sending.
  sql("UPDATE outbox SET due_at = ? WHERE sent_at IS NULL", Date.now());
  letAskAgain();
  server = await startServer({ folder, env });
  await checkLogins();
  for (const token of lineages) {
    const answer = await newClient().post(`${AUTH}/refresh`, { refresh_token: token });
    expect(answer.status).toBe(200);
    const sid = String(decodeJwt(token ?? "")["sid"]);
    const open = "SELECT id FROM refresh_tokens WHERE session_id = ? AND spent_at IS NULL";
    expect(sql(open, sid)).toHaveLength(1);
  }
  const double =
    "SELECT session_id FROM refresh_tokens WHERE spent_at IS NULL GROUP BY session_id HAVING count(*) > 1";
  expect(sql(double)).toEqual([]);
  expect(sql("SELECT seq FROM events WHERE action = 'token_reuse'")).toEqual([]);
  const events = "SELECT count(*) AS count FROM events WHERE action = ? AND success = 1";
  const [logins] = sql(events, "login");
  expect(Number(logins?.["count"])).toBeGreaterThanOrEqual(acknowledged.logins.length);
});

test("after them, the mail of every acknowledged signup was delivered, and its link works", async () => {
  const deadline = performance.now() + MAILS_WITHIN_MS;
  const missing = () => {
    const told = new Set(smtp.mails.flatMap(({ to }) => to));
    return acknowledged.signups.filter((email) => !told.has(email));
  };
  while (missing().length > 0 && performance.now() < deadline) await Bun.sleep(LOOK_EVERY_MS);
  expect(missing()).toEqual([]);
  for (const email of acknowledged.signups.slice(-5)) {
    const token = tokenIn(await smtp.next(email));
    const body = { token, password: GOOD_PASSWORD };
    expect((await newClient().post(`${AUTH}/verify-email`, body)).status).toBe(200);
  }
});

test("after them, the chain of events verifies, and the server stops as ever", async () => {
  const end = await runAdmin({ folder, env }, "audit", "verify", "--json");
  expect(end.objects()).toMatchObject([{ ok: true, first_bad: null }]);
  expect(Number(end.objects()[0]?.["checked"])).toBeGreaterThan(KILLS * 2);
  expect(await server.stop()).toBe(0);
  const [integrity] = sql("PRAGMA integrity_check");
  expect(integrity).toEqual({ integrity_check: "ok" });
});

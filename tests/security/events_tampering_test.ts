import { Database } from "bun:sqlite";
import { afterAll, beforeAll, expect, test } from "bun:test";
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { type Deployment, openDeployment } from "../support/deployment.ts";
import { runAdmin } from "../support/operator.ts";
import { AUTH } from "./_acts.ts";

const SECRET_KEY = Buffer.alloc(32, 7).toString("base64url");

let deployment: Deployment;
/** The chain as it was written: one row of every kind of column and value. */
let rows: readonly Row[];

type Row = Readonly<Record<string, string | number | null>> & { readonly seq: number };

beforeAll(async () => {
  deployment = await openDeployment({ env: { SECRET_KEY } });
  const { sql } = deployment;
  const account = await deployment.newAccount({ username: "zoe" });
  const stranger = deployment.visitor({ headers: { "User-Agent": "Gr\u00fc\u00dfe/1.0" } });
  await stranger.post(`${AUTH}/token`, { identifier: "zoe", password: "not-the-password" });
  await account.browser.request("PATCH", `${AUTH}/me`, { body: { name: "Zo\u00eb \u{1f600}" } });
  await deployment.admin("users", "block", "zoe", "--reason", "a test");
  rows = sql<Row>("SELECT * FROM events ORDER BY seq");
  expect(rows.length).toBeGreaterThanOrEqual(7);
  sql("PRAGMA wal_checkpoint(TRUNCATE)");
});

afterAll(async () => {
  await deployment.close();
});

interface Report {
  readonly ok: boolean;
  readonly checked: number;
  readonly first_bad: string | null;
}

/** Runs the operator's check over a copy of the file that somebody worked on, the triggers gone. */
async function verifyAfter(work: (copy: Database) => void): Promise<Report & { exitCode: number }> {
  const path = join(deployment.folder, `copy-${crypto.randomUUID()}.db`);
  await copyFile(join(deployment.folder, "data/postern.db"), path);
  const copy = new Database(path);
  const triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'events'";
  for (const { name } of copy.query<{ name: string }, []>(triggers).all()) {
    copy.run(`DROP TRIGGER ${name}`);
  }
  work(copy);
  copy.close();
  const env = { DATABASE_URL: `file:${path}`, SECRET_KEY };
  const end = await runAdmin({ folder: deployment.folder, env }, "audit", "verify", "--json");
  const [report] = end.objects();
  if (report === undefined) throw new Error(`There is no report:\n${end.stdout}${end.stderr}`);
  return { ...(report as unknown as Report), exitCode: end.exitCode };
}

test("a plain connection cannot change, remove, replace or misplace an event (tampering)", () => {
  const columns = Object.keys(rows[0] ?? {}).join(", ");
  const attempts = [
    "UPDATE events SET action = 'logout' WHERE seq = 2",
    "UPDATE events SET success = success",
    "UPDATE OR REPLACE events SET seq = 1 WHERE seq = 2",
    "UPDATE OR IGNORE events SET seq = 99 WHERE seq = 2",
    "DELETE FROM events WHERE seq = (SELECT max(seq) FROM events)",
    "DELETE FROM events",
    "INSERT OR REPLACE INTO events SELECT * FROM events WHERE seq = 2",
    "REPLACE INTO events SELECT * FROM events WHERE seq = 1",
    `INSERT INTO events (${columns}) SELECT * FROM events WHERE seq = 2 ON CONFLICT DO UPDATE SET action = 'x'`,
    "INSERT INTO events SELECT 0, at, action, actor_type, actor_id, actor_name, user_id, username, ip, user_agent, success, details, request_id, previous_hash, hash FROM events WHERE seq = 1",
  ];
  for (const attempt of attempts) {
    expect(() => deployment.sql(attempt)).toThrow(/an event (is never|goes at the end)/);
  }
  expect(deployment.sql<Row>("SELECT * FROM events ORDER BY seq")).toEqual([...rows]);
});

test("audit verify --json finds nothing in a chain that nobody touched", async () => {
  const report = await verifyAfter(() => undefined);
  expect(report).toEqual({ ok: true, checked: rows.length, first_bad: null, exitCode: 0 });
});

/** Another value for a cell that differs in one byte, or the least bit of a number. */
function tampered(value: string | number | null, at: number): string | number {
  if (value === null) return "x";
  if (typeof value === "number") return value === 0 ? 1 : value - 1;
  const index = at % value.length;
  const other = value[index] === "x" ? "y" : "x";
  return `${value.slice(0, index)}${other}${value.slice(index + 1)}`;
}

test("audit verify finds one byte that was changed in any column, at its row (tampering)", async () => {
  const columns = Object.keys(rows[0] ?? {}).filter((name) => name !== "seq");
  for (const [index, column] of columns.entries()) {
    const row = rows[(index * 3 + 1) % rows.length];
    if (row === undefined) throw new Error("There are no events");
    const value = tampered(row[column] ?? null, index * 7);
    const report = await verifyAfter((copy) => {
      copy.run(`UPDATE events SET ${column} = ? WHERE seq = ?`, [value, row.seq]);
    });
    const found = { column, ok: report.ok, first_bad: report.first_bad, code: report.exitCode };
    expect(found).toEqual({ column, ok: false, first_bad: String(row.seq), code: 1 });
  }
});

const ODD: readonly (readonly [what: string, change: string])[] = [
  ["details that are no JSON", "details = '{' || details"],
  ["details of nothing", "details = ''"],
  ["a name twice in details", `details = replace(details, '{', '{"reason":"none",')`],
  ["another space in details", "details = replace(details, ':', ': ')"],
  ["a time that is no number", "at = 'x' || at"],
  ["a time between two milliseconds", "at = at + 0.5"],
  ["success that is neither yes nor no", "success = 2"],
  ["bytes that are no text", "user_agent = x'00ff'"],
  ["a text that is not UTF-8", "user_agent = CAST(x'4d6fc328' AS TEXT)"],
  ["a NUL behind a text", "ip = ip || char(0) || 'x'"],
  ["a hash in other letters", "hash = upper(hash)"],
  ["another place", "seq = seq + 1000"],
];

test.each(ODD)(
  "audit verify tells the row that has %s, and does not end by it",
  async (_, change) => {
    const seq = rows.find(({ action }) => action === "failed_login")?.seq ?? 0;
    const report = await verifyAfter((copy) => {
      copy.run(`UPDATE events SET ${change} WHERE seq = ${seq}`);
    });
    expect(report).toEqual({ ok: false, checked: seq - 1, first_bad: String(seq), exitCode: 1 });
  },
);

test("audit verify finds an event that was removed, put in between or put before the first", async () => {
  const columns = Object.keys(rows[0] ?? {})
    .filter((name) => name !== "seq")
    .join(", ");
  const removed = await verifyAfter((copy) => copy.run("DELETE FROM events WHERE seq = 4"));
  expect(removed).toMatchObject({ ok: false, checked: 3, first_bad: "4" });
  const closed = await verifyAfter((copy) => {
    copy.run("DELETE FROM events WHERE seq = 4");
    copy.run("UPDATE events SET seq = seq - 1 WHERE seq > 4");
  });
  expect(closed).toMatchObject({ ok: false, checked: 3, first_bad: "4" });
  for (const seq of [0, -7]) {
    const planted = await verifyAfter((copy) => {
      copy.run(
        `INSERT INTO events (seq, ${columns}) SELECT ${seq}, ${columns} FROM events WHERE seq = 1`,
      );
    });
    expect(planted).toMatchObject({ ok: false, checked: 0, first_bad: String(seq) });
  }
});

test("audit verify finds rows that swapped places, and one copied over another", async () => {
  const swapped = await verifyAfter((copy) => {
    copy.run("UPDATE events SET seq = -1 WHERE seq = 3");
    copy.run("UPDATE events SET seq = 3 WHERE seq = 5");
    copy.run("UPDATE events SET seq = 5 WHERE seq = -1");
  });
  expect(swapped).toMatchObject({ ok: false, checked: 2, first_bad: "3" });
  const copied = await verifyAfter((copy) => {
    copy.run(
      "UPDATE events SET (previous_hash, hash) = (SELECT previous_hash, hash FROM events WHERE seq = 2) WHERE seq = 4",
    );
  });
  expect(copied).toMatchObject({ ok: false, checked: 3, first_bad: "4" });
});

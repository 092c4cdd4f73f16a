/**
 * Every statement that the stores run, and how the database finds its rows: never by going through a
 * table that grows.
 *
 * @module
 */

import { afterAll, expect, test } from "bun:test";
import { listen } from "./_listen.ts";
import { column } from "./_rows.ts";
import { freshPath, openTest, removeDatabase } from "./_testing.ts";
import { writtenStatements } from "./_written_statements.ts";

const url = `file:${freshPath()}`;
const opened = await openTest(url);
const { statements, unused } = await listen(opened);

afterAll(async () => {
  await opened[Symbol.asyncDispose]();
  removeDatabase(url);
});

test("every method of the store was used", () => {
  expect([...unused]).toEqual([]);
});

test("every statement that stands in the code was seen to run", () => {
  const written = writtenStatements();
  const missed = written.filter(({ pattern }) => ![...statements].some((sql) => pattern.test(sql)));
  expect(missed.map(({ file, text }) => `${file}: ${text}`)).toEqual([]);
  expect(written.length).toBeGreaterThan(120);
});

/** How the database goes about a statement, line by line. Asked of the library that will run it. */
async function planOf(sql: string): Promise<readonly string[]> {
  const sqlWithPlan = { sql: `EXPLAIN QUERY PLAN ${sql}`, args: [] };
  return (await opened.database.reader.execute(sqlWithPlan)).rows.map((row) => String(row[3]));
}

/** Small tables, and walks that stop at their limit, each with the reason why it may be gone through. */
const ALLOWED: readonly (readonly [line: RegExp, reason: string])[] = [
  [/^SCAN (r|json_each) VIRTUAL TABLE/, "the rows of the statement's own argument"],
  [/^SCAN s VIRTUAL TABLE INDEX \d+:.*M/, "matches of the search index, in its order"],
  [/^SCAN (keys|limits|settings|providers|provider_health)\b/, "a table of some ten rows"],
  [/^SCAN csp_reports\b/, "at most 1,000 rows"],
  [/^SCAN CONSTANT ROW$/, "no table"],
  [/^SCAN outbox USING (COVERING )?INDEX outbox_waiting$/, "only what waits"],
  [/^SCAN (part|\(subquery-\d+\))$/, "as many rows as its limit"],
];

/** Statements whose walk along a primary key stops at a limit. */
const WALKS = [
  "SELECT json_array(seq, hash) FROM events ORDER BY seq DESC LIMIT 1",
  "FROM outbox WHERE sealed IS NOT NULL ORDER BY id DESC LIMIT ?",
  "DELETE FROM changes",
];

test("no statement goes through a table that grows", async () => {
  const bad: string[] = [];
  for (const sql of statements) {
    if (WALKS.some((walk) => sql.includes(walk))) continue;
    for (const line of await planOf(sql)) {
      const fine = !line.startsWith("SCAN") || ALLOWED.some(([allowed]) => allowed.test(line));
      if (!fine) bad.push(`${line}: ${sql}`);
    }
  }
  expect(bad).toEqual([]);
  expect(statements.size).toBeGreaterThan(100);
});

test("no list is sorted after it was read, but for the beginnings of usernames", async () => {
  // A tally groups as many rows as its limit.
  const known = [
    /GROUP BY part/,
    /username >= \? AND username < \?/,
    /FROM keys/,
    /FROM csp_reports/,
    /count\(DISTINCT/,
    // The conversations of one user, and the members of one conversation.
    /FROM members m CROSS JOIN (conversations c|users u) ON \S+ = \S+ (LEFT JOIN .* )?WHERE m\.(user|conversation)_id = /,
  ];
  const sorted: string[] = [];
  for (const sql of statements) {
    if (known.some((each) => each.test(sql))) continue;
    if ((await planOf(sql)).some((line) => line.includes("TEMP B-TREE"))) sorted.push(sql);
  }
  expect(sorted).toEqual([]);
});

/** Counts over tables that grow, each with the reason why it ends soon. */
const COUNTS: readonly (readonly [sql: RegExp, reason: string])[] = [
  [/ORDER BY at DESC LIMIT \? \) GROUP BY part/, "as many events as its limit"],
  [/ LIMIT (?:\d+|\?\d?) \)/, "as many rows as its limit"],
  [/FROM sessions s WHERE s\.rowid >= \?/, "asked of a few thousand rows alone"],
  [/s\.rowid = r\.value/, "a sample of rows"],
  [/role = 'owner'/, "owners, by their index"],
  [/key_id/, "what depends on one key, by its index, asked for by itself"],
];

test("no page of a list is found by OFFSET, and no list is counted to its end", () => {
  const bad = [...statements].filter((sql) => {
    const isCounted = /\bcount\(/i.test(sql) && /FROM (events|sessions|users)\b/.test(sql);
    return /\bOFFSET\b/i.test(sql) || (isCounted && !COUNTS.some(([fine]) => fine.test(sql)));
  });
  expect(bad).toEqual([]);
});

test("each list of the console begins at its cursor, by an index in its order", async () => {
  const firstLines: Record<string, string> = {};
  for (const [list, part] of [
    ["users", "FROM users WHERE id < ? ORDER BY id DESC LIMIT ?"],
    ["sessions", "WHERE s.id < ? AND s.ended_at IS NULL"],
    ["blocked addresses", "FROM blocked_addresses WHERE (created_at, cidr) < (?, ?)"],
  ] as const) {
    const sql = [...statements].find((one) => one.includes(part) && one.includes("LIMIT"));
    firstLines[list] = (await planOf(sql ?? "SELECT 'there is no such list'"))[0] ?? "";
  }
  expect(firstLines).toEqual({
    users: "SEARCH users USING INTEGER PRIMARY KEY (rowid<?)",
    sessions: "SEARCH s USING INDEX sqlite_autoindex_sessions_1 (id<?)",
    "blocked addresses":
      "SEARCH blocked_addresses USING INDEX blocked_addresses_by_time ((created_at,cidr)<(?,?))",
  });
});

test("each list of events follows the index of its narrowest filter, from the cursor on", async () => {
  const lists = [...statements].filter((sql) => sql.includes("(at, seq) < (?, ?)"));
  const plans = await Promise.all(lists.map(planOf));
  expect(plans.map(([first]) => first).toSorted()).toEqual([
    "SEARCH events USING INDEX events_by_action (action=? AND at<?)",
    "SEARCH events USING INDEX events_by_ip (ip=? AND at<?)",
    "SEARCH events USING INDEX events_by_time (at<?)",
    "SEARCH events USING INDEX events_by_time (at>? AND at<?)",
    "SEARCH events USING INDEX events_by_user (user_id=? AND at>? AND at<?)",
    "SEARCH events USING INDEX events_failed (at<?)",
  ]);
});

test("taking a provider away walks along its identities, from user to user", async () => {
  const plans = new Set<string>();
  for (const sql of statements) {
    if (!/(FROM|DELETE FROM) identities WHERE provider_id/.test(sql)) continue;
    for (const line of await planOf(sql)) if (/ identities /.test(line)) plans.add(line);
  }
  const index = "SEARCH identities USING COVERING INDEX identities_by_provider";
  expect([...plans].toSorted()).toEqual([
    `${index} (provider_id=? AND user_id>? AND user_id<?)`,
    `${index} (provider_id=? AND user_id>?)`,
    `${index} (provider_id=?)`,
  ]);
});

test("what is next to be sealed anew, and what depends on a key, is found by the index of keys", async () => {
  const plans = new Set<string>();
  for (const sql of statements) {
    if (!/(access|refresh)_key_id [<=>]/.test(sql)) continue;
    for (const line of await planOf(sql)) if (line.includes("identity_tokens")) plans.add(line);
  }
  const expected = ["access", "refresh"].flatMap((type) =>
    ["=?", ">? AND *<?", ">?"].map((range) => {
      const terms = `${type}_key_id${range.replace("*", `${type}_key_id`)}`;
      return `SEARCH identity_tokens USING INDEX identity_tokens_by_${type}_key (${terms})`;
    }),
  );
  expect([...plans].toSorted()).toEqual(expected.toSorted());
});

test("whatever another row belongs to is found by an index when it goes, with all that hang on it", async () => {
  const tables = await column(
    opened.database.reader,
    "SELECT name FROM pragma_table_list WHERE type = 'table'",
    [],
  );
  const bad: string[] = [];
  let links = 0;
  for (const table of tables.map(String)) {
    const sql = 'SELECT "from" FROM pragma_foreign_key_list(?)';
    for (const name of await column(opened.database.reader, sql, [table])) {
      links += 1;
      const plan = await planOf(`DELETE FROM "${table}" WHERE "${name}" = ?`);
      if (!plan.every((line) => line.startsWith("SEARCH"))) bad.push(`${table}.${name}: ${plan}`);
    }
  }
  expect(bad).toEqual([]);
  expect(links).toBeGreaterThan(10);
});

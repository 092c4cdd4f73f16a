import { expect, test } from "bun:test";
import { Connection } from "./_connection.ts";
import { freshPath } from "./_testing.ts";

function openBoth(): { readonly writer: Connection; readonly reader: Connection } & Disposable {
  const path = freshPath();
  const writer = new Connection(path);
  writer.run("PRAGMA journal_mode = WAL; CREATE TABLE t (id TEXT PRIMARY KEY, n INTEGER, b TEXT)");
  const reader = new Connection(path);
  return {
    writer,
    reader,
    [Symbol.dispose]: () => {
      reader.close();
      writer.close();
    },
  };
}

const INSERT = "INSERT INTO t VALUES (?, ?, ?)";
const SELECT = "SELECT n, b FROM t WHERE id = ?";

test("execute() of a kept statement sees what was committed since it ran last", async () => {
  using both = openBoth();
  const { writer, reader } = both;
  await writer.execute({ sql: INSERT, args: ["a", 1, null] });
  const first = await reader.execute({ sql: SELECT, args: ["a"] });
  await writer.execute({ sql: "UPDATE t SET n = ? WHERE id = ?", args: [2, "a"] });
  const second = await reader.execute({ sql: SELECT, args: ["a"] });
  expect([first.rows, second.rows]).toEqual([[[1, null]], [[2, null]]] as never);
  expect((await reader.execute({ sql: SELECT, args: ["none"] })).rows).toEqual([]);
});

test("execute() of a kept statement that was read with a limit holds no old view of the file", async () => {
  using both = openBoth();
  const { writer, reader } = both;
  for (let n = 0; n < 250; n += 1) await writer.execute({ sql: INSERT, args: [`id${n}`, n, null] });
  const limited = { sql: "SELECT id FROM t ORDER BY id LIMIT 120", args: [] };
  expect((await reader.execute(limited)).rows).toHaveLength(120);
  const [checkpoint] = (await writer.execute({ sql: "PRAGMA wal_checkpoint(TRUNCATE)", args: [] }))
    .rows;
  expect(checkpoint).toEqual([0, 0, 0] as never);
});

test("execute() counts the rows that a kept statement changed, each time anew", async () => {
  using both = openBoth();
  const { writer } = both;
  for (let n = 0; n < 3; n += 1) await writer.execute({ sql: INSERT, args: [`id${n}`, n, null] });
  const sql = "UPDATE t SET b = 'x' WHERE n >= ?";
  const counts: number[] = [];
  for (const from of [0, 2, 9]) {
    counts.push((await writer.execute({ sql, args: [from] })).rowsAffected);
  }
  expect(counts).toEqual([3, 1, 0]);
});

test("execute() rejects a row that is there, names the constraint, and commits the rest", async () => {
  using both = openBoth();
  const { writer, reader } = both;
  writer.run("BEGIN IMMEDIATE");
  await writer.execute({ sql: INSERT, args: ["a", 1, null] });
  const twice = writer.execute({ sql: INSERT, args: ["a", 2, null] });
  await expect(twice).rejects.toMatchObject({ code: "SQLITE_CONSTRAINT_PRIMARYKEY" });
  await writer.execute({ sql: INSERT, args: ["b", 3, null] });
  writer.run("COMMIT");
  expect((await reader.execute({ sql: "SELECT n FROM t ORDER BY n", args: [] })).rows).toEqual([
    [1],
    [3],
  ] as never);
});

test("execute() of a kept statement goes on after a change of its table", async () => {
  using both = openBoth();
  const { writer, reader } = both;
  await writer.execute({ sql: INSERT, args: ["a", 1, "text"] });
  const all = { sql: "SELECT * FROM t", args: [] };
  await reader.execute(all);
  writer.run("ALTER TABLE t ADD COLUMN later INTEGER DEFAULT 7");
  expect((await reader.execute(all)).rows).toEqual([["a", 1, "text", 7]] as never);
});

test("execute() keeps a bounded number of statements", async () => {
  using both = openBoth();
  const { reader } = both;
  for (let n = 0; n < 2_000; n += 1) {
    const { rows } = await reader.execute({ sql: `SELECT ${n}`, args: [] });
    expect(rows[0]?.[0]).toBe(n);
  }
});

test("run() that is refused for another's lock leaves a connection that can commit", async () => {
  const path = freshPath();
  const first = new Connection(path);
  first.run("PRAGMA journal_mode = WAL; CREATE TABLE t (id TEXT PRIMARY KEY, n INTEGER, b TEXT)");
  const second = new Connection(path);
  first.run("BEGIN IMMEDIATE");
  expect(() => second.run("BEGIN IMMEDIATE")).toThrow("locked");
  first.run("COMMIT");
  second.run("BEGIN IMMEDIATE");
  await second.execute({ sql: INSERT, args: ["a", 1, null] });
  second.run("COMMIT");
  expect((await first.execute({ sql: SELECT, args: ["a"] })).rows).toHaveLength(1);
  second.close();
  first.close();
});

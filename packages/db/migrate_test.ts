import { afterAll, expect, test } from "bun:test";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { getTableConfig, SQLiteTable } from "drizzle-orm/sqlite-core";
import { column } from "./_rows.ts";
import { freshPath, NOW, openTest, removeDatabase } from "./_testing.ts";
import { migrate } from "./migrate.ts";

const path = freshPath();
const url = `file:${path}`;

afterAll(() => removeDatabase(url));

test("migrate() applies each migration once, and then nothing", async () => {
  await using opened = await openTest(url);
  const tags = await column(opened.database.reader, "SELECT tag FROM migrations ORDER BY tag", []);
  const files = readdirSync(join(import.meta.dir, "migrations")).filter((name) =>
    name.endsWith(".sql"),
  );
  expect(tags.map((tag) => `${tag}.sql`)).toEqual(files.toSorted());
  expect(await migrate(opened.database, { now: NOW })).toEqual({ ok: true, value: [] });
});

test("migrate() takes at most 2 ms where there is nothing to do", async () => {
  await using opened = await openTest(url);
  const times: number[] = [];
  for (let run = 0; run < 20; run += 1) {
    const started = performance.now();
    await migrate(opened.database, { now: NOW });
    times.push(performance.now() - started);
  }
  expect(Math.min(...times)).toBeLessThan(2);
});

test("migrate() leaves the tables that the schema describes, column by column", async () => {
  await using opened = await openTest(url);
  const { reader } = opened.database;
  const described: string[] = [];
  for (const file of readdirSync(join(import.meta.dir, "schema"))) {
    for (const table of Object.values(await import(`./schema/${file}`))) {
      if (!(table instanceof SQLiteTable)) continue;
      const { name, columns, indexes } = getTableConfig(table);
      described.push(name);
      const sql =
        "SELECT name || ':' || lower(type) || ':' || \"notnull\" FROM pragma_table_xinfo(?)";
      const expected = columns.map(
        (each) => `${each.name}:${each.getSQLType()}:${each.notNull ? 1 : 0}`,
      );
      expect(await column(reader, sql, [name])).toEqual(expected);
      const made = "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = ?";
      const found = await column(reader, `${made} AND sql IS NOT NULL`, [name]);
      expect(found).toEqual(expect.arrayContaining(indexes.map((each) => each.config.name)));
    }
  }
  const tables = await column(
    reader,
    "SELECT name FROM pragma_table_list WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    [],
  );
  expect(tables.filter((name) => name !== "migrations").toSorted()).toEqual(described.toSorted());
});

test("migrate() lets two processes that start at once both succeed", async () => {
  for (let round = 0; round < 3; round += 1) {
    const shared = `file:${freshPath()}`;
    const code = `
      const { openTest } = await import(${JSON.stringify(join(import.meta.dir, "_testing.ts"))});
      await using opened = await openTest(${JSON.stringify(shared)});
      console.log((await opened.store.listKeys()).length);
    `;
    const children = [1, 2, 3].map(() =>
      Bun.spawn([process.execPath, "-e", code], { stdout: "pipe", stderr: "pipe" }),
    );
    for (const child of children) {
      const output = await new Response(child.stdout).text();
      const failure = await new Response(child.stderr).text();
      expect({ output, failure, code: await child.exited }).toEqual({
        output: "0\n",
        failure: "",
        code: 0,
      });
    }
    removeDatabase(shared);
  }
}, 180_000);

import { afterAll, expect, test } from "bun:test";
import type { CspReport } from "@postern/auth";
import { days, epochMs } from "@postern/std";
import { cell } from "./_rows.ts";
import { event, freshPath, NOW, openTest, removeDatabase } from "./_testing.ts";

const url = `file:${freshPath()}`;
const opened = await openTest(url);
const { store, database } = opened;
const { countCspReport } = store.bookkeeping;

afterAll(async () => {
  await opened[Symbol.asyncDispose]();
  removeDatabase(url);
});

async function count(table: string): Promise<number> {
  return Number(await cell(database.reader, `SELECT count(*) FROM ${table}`, []));
}

const report: CspReport = {
  directive: "script-src",
  blockedOrigin: "https://x.test",
  pagePath: "/login",
};
const first = event({ action: "csp_violation", success: false });

test("countCspReport() writes an event the first time, and counts from then on", async () => {
  const before = await count("events");
  expect(await countCspReport(report, first)).toBe("new");
  expect(await countCspReport(report, { ...first, at: epochMs(NOW + 9) })).toBe("counted");
  expect(await countCspReport({ ...report, pagePath: "/signup" }, first)).toBe("new");
  expect(await count("events")).toBe(before + 2);
  const row =
    "SELECT json_array(count, first_at, last_at) FROM csp_reports WHERE page_path = '/login'";
  expect(await cell(database.reader, row, [])).toBe(JSON.stringify([2, NOW, NOW + 9]));
});

test("parallel reports of one new kind are one event (race)", async () => {
  const before = await count("events");
  const kind = { ...report, directive: "img-src" };
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => countCspReport(kind, first)));
  expect(outcomes.filter((outcome) => outcome === "new")).toHaveLength(1);
  expect(await count("events")).toBe(before + 1);
});

test("countCspReport() keeps at most 1,000 kinds, and lets a new one in among junk (flooding)", async () => {
  await using own = await openTest();
  const { bookkeeping } = own.store;
  const junk = (from: number, length: number, at: number = NOW) =>
    Promise.all(
      Array.from({ length }, (_, index) =>
        bookkeeping.countCspReport(
          { ...report, pagePath: `/${from + index}` },
          { ...first, at: epochMs(at) },
        ),
      ),
    );
  const kinds = (where: string) =>
    cell(own.database.reader, `SELECT count(*) FROM csp_reports WHERE ${where}`, []);
  for (let seen = 0; seen < 2; seen += 1) await bookkeeping.countCspReport(report, first);
  await junk(0, 1_020);
  expect(await kinds("true")).toBe(1_000);
  const real = { ...report, pagePath: "/account" };
  expect(await bookkeeping.countCspReport(real, { ...first, at: epochMs(NOW + 1) })).not.toBe(
    "counted",
  );
  expect(await bookkeeping.countCspReport(real, { ...first, at: epochMs(NOW + 2) })).toBe(
    "counted",
  );
  await junk(2_000, 1_020, NOW + 3);
  expect(await kinds("true")).toBe(1_000);
  expect(await kinds("page_path IN ('/login', '/account')")).toBe(2);
  removeDatabase(own.url);
});

test("countCspReport() writes about 1,000 events a day, and no more (flooding)", async () => {
  await using own = await openTest();
  const { bookkeeping } = own.store;
  const counted = async (pagePath: string, at: number = NOW) =>
    await bookkeeping.countCspReport(
      { ...report, pagePath },
      { ...first, at: epochMs(at), details: { pagePath } },
    );
  for (let index = 0; index < 1_000; index += 100) {
    const paths = Array.from({ length: 100 }, (_, offset) => `/${index + offset}`);
    await Promise.all(paths.map((path) => counted(path)));
  }
  expect(await counted("/unrecorded", NOW + 1)).toBe("unrecorded");
  expect(await counted("/unrecorded", NOW + 1)).toBe("counted");
  const written = "SELECT count(*) FROM events WHERE action = 'csp_violation'";
  expect(await cell(own.database.reader, written, [])).toBe(1_000);
  expect(await counted("/next-day", NOW + days(1))).toBe("new");
  removeDatabase(own.url);
});

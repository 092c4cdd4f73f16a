import { expect, test } from "bun:test";
import { rowOf } from "./row.ts";
import { shortNumber, writeTable } from "./table.ts";

test("shortNumber() keeps about three digits and groups the others", () => {
  expect([0.123, 9.876, 12.34, 123.4, 1234.5, 1234567].map(shortNumber)).toEqual([
    "0.12",
    "9.88",
    "12.3",
    "123",
    "1 235",
    "1 234 567",
  ]);
});

test("writeTable() lines up its columns and says what does not hold", () => {
  const rows = [
    rowOf({ figure: "me", values: [40_000], floors: [44_000], notes: ["a note"] }),
    rowOf({ figure: "start", values: [400], floors: [100] }),
  ];
  const text = writeTable(rows);
  const [head = "", rule = "", me = "", start = ""] = text.split("\n");
  expect(new Set([head, rule, me, start].map(({ length }) => length)).size).toBe(1);
  expect(me).toMatch(/^me +40 000 requests\/s +44 000 requests\/s +0\.91 .*≥ 0\.85 +yes$/);
  expect(start).toMatch(/ NO$/);
  expect(text).toContain("  a note");
  expect(text).toEndWith("1 of 2 goals do not hold: start.");
});

test("writeTable() says that all hold", () => {
  expect(writeTable([rowOf({ figure: "script", values: [90], floors: [] })])).toEndWith(
    "All 1 goals hold.",
  );
});

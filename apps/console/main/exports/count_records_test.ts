import { expect, test } from "bun:test";
import { createRecordCounter } from "./count_records.ts";

test("createRecordCounter() counts lines of NDJSON", () => {
  const count = createRecordCounter("ndjson");
  expect([count('{"a":1}\n{"a":2}\n'), count(""), count('{"a":3}\n')]).toEqual([2, 0, 1]);
});

test("createRecordCounter() counts records of CSV, not lines, and not the heading", () => {
  const count = createRecordCounter("csv");
  expect(count('"id","text"\r\n"1","two\r\nlines, and ""quotes""\r\n"\r\n"2",')).toBe(1);
  expect(count('"x"\r\n"3","y"\r\n')).toBe(2);
  expect(count("")).toBe(0);
});

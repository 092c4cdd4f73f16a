import { expect, test } from "bun:test";
import { csvOf, ndjsonOf } from "./event_text.ts";

function eventBy(userAgent: string | null) {
  return {
    id: "1",
    at: "2026-01-02T03:04:05.678Z",
    action: "login" as const,
    actor: { type: "user" as const, id: "7", username: "ann" },
    user: { id: "7", username: "ann" },
    ip: null,
    user_agent: userAgent,
    success: true,
    details: {},
    request_id: "r",
  };
}

test("csvOf() writes a heading where it is asked for, and quotes every cell", () => {
  const [heading, row] = csvOf([eventBy('a "b",\nc')], true).split("\r\n");
  expect(heading?.startsWith('"id","at","action"')).toBe(true);
  expect(row).toContain('"a ""b"",\nc"');
  expect(csvOf([], false)).toBe("");
});

test("csvOf() lets no cell begin as a formula (CSV injection)", () => {
  for (const text of ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "'=1", "|x", "%x"]) {
    expect(csvOf([eventBy(text)], false)).toContain(`"'${text}"`);
  }
});

test("ndjsonOf() writes one whole object a line", () => {
  const lines = ndjsonOf([eventBy("a\nb"), eventBy(null)]).split("\n");
  expect(lines).toHaveLength(3);
  expect(JSON.parse(lines[0] ?? "")).toEqual(eventBy("a\nb"));
});

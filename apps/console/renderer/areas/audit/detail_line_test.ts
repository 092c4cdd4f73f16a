import { expect, test } from "bun:test";
import { changesOf, detailLine } from "./detail_line.ts";

test("detailLine() writes names and values, whatever is nested in them", () => {
  expect(
    detailLine({ sessions_ended: 2, ends: { tokens: 1 }, rings: ["a", "b"], until: null }),
  ).toBe("sessions ended 2, ends tokens: 1, rings a, b, until none");
});

test("changesOf() puts before and after side by side, and marks what differs", () => {
  const changes = changesOf({
    limit: "login",
    before: { count: 10, window_ms: 60_000 },
    after: { count: 5, window_ms: 60_000 },
  });
  expect(changes).toEqual([
    { name: "count", before: "10", after: "5", isChanged: true },
    { name: "window ms", before: "60000", after: "60000", isChanged: false },
  ]);
});

test("changesOf() reads a replaced block, whose new terms stand beside `before`", () => {
  const changes = changesOf({ cidr: "10.0.0.0/8", reason: "new", before: { reason: "old" } });
  expect(changes).toEqual([{ name: "reason", before: "old", after: "new", isChanged: true }]);
});

test("changesOf() reads bare values, and fields of from and to", () => {
  expect(changesOf({ before: null, after: "owner" })).toMatchObject([
    { before: "none", after: "owner" },
  ]);
  expect(changesOf({ name: { from: "a", to: "b" } })).toMatchObject([
    { name: "name", before: "a" },
  ]);
  expect(changesOf({ session: "x" })).toEqual([]);
});

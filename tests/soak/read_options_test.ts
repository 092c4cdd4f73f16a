import { expect, test } from "bun:test";
import { readOptions } from "./read_options.ts";

test("readOptions() soaks for half an hour with 2,000 sockets by default", () => {
  expect(readOptions([])).toEqual({
    ok: true,
    value: { durationMs: 1_800_000, sockets: 2_000, isJson: false, file: undefined },
  });
});

test("readOptions() takes a shorter time, fewer sockets and where to report", () => {
  const given = ["--minutes", "1.5", "--sockets", "40", "--json", "--report", "x.json"];
  expect(readOptions(given)).toEqual({
    ok: true,
    value: { durationMs: 90_000, sockets: 40, isJson: true, file: "x.json" },
  });
});

test("readOptions() refuses what it cannot do, and what it does not know", () => {
  for (const args of [
    ["--minutes", "0"],
    ["--minutes", "soon"],
    ["--sockets", "0"],
    ["--sockets", "1.5"],
    ["--sockets", "1000000"],
    ["--fast"],
  ]) {
    expect(readOptions(args).ok).toBe(false);
  }
});

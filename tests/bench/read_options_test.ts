import { expect, test } from "bun:test";
import { readOptions } from "./read_options.ts";
import { FIGURE_NAMES } from "./report/figure.ts";

test("readOptions() measures everything where nothing is said", () => {
  const read = readOptions([]);
  expect(read).toEqual({
    ok: true,
    value: {
      isJson: false,
      isQuick: false,
      isGrowth: false,
      report: undefined,
      figures: new Set(FIGURE_NAMES),
      size: { users: 100_000, sessions: 100_000, events: 1_000_000 },
      listSize: { users: 100_000, sessions: 1_000_000, events: 10_000_000 },
    },
  });
});

const KEPT = ["--growth", "--report", "docs/bench/x.md"];

test("readOptions() picks figures and sizes, and what is kept", () => {
  const read = readOptions(["--json", "--only", "me,login", "--quick", "--users=5000", ...KEPT]);
  expect(read).toEqual({
    ok: true,
    value: {
      isJson: true,
      isQuick: true,
      isGrowth: true,
      report: "docs/bench/x.md",
      figures: new Set(["me", "login"]),
      size: { users: 5_000, sessions: 5_000, events: 100_000 },
      listSize: { users: 10_000, sessions: 100_000, events: 300_000 },
    },
  });
});

test("readOptions() refuses what it does not know", () => {
  expect(readOptions(["--only", "me,moon"])).toEqual({
    ok: false,
    error: 'There is no figure "moon"',
  });
  expect(readOptions(["--only", "toString"])).toMatchObject({ ok: false });
  expect(readOptions(["--users", "1e6"])).toMatchObject({ ok: false });
  expect(readOptions(["--events", "0"])).toMatchObject({ ok: false });
  expect(readOptions(["--report", "x.txt"])).toMatchObject({ ok: false });
  expect(readOptions(["--fast"])).toMatchObject({ ok: false });
  expect(readOptions(["me"])).toMatchObject({ ok: false });
});

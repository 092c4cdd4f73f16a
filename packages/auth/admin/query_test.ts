import { expect, test } from "bun:test";
import { epochMs, hours } from "@postern/std";
import { isInRange, isSingle, parseRange } from "./address_range.ts";
import { parseQuery } from "./query.ts";

const NOW = epochMs(1_780_000_000_000);

function read(text: string) {
  const query = parseQuery(text, NOW);
  if (!query.ok) throw new Error(query.error.detail);
  return query.value;
}

function problem(text: string): string {
  const query = parseQuery(text, NOW);
  return query.ok ? "" : query.error.detail;
}

test("parseQuery() reads words and terms in any order", () => {
  expect(read('ann user:Bob since:2h "two words" success:false')).toEqual({
    words: "ann two words",
    user: "bob",
    since: epochMs(NOW - hours(2)),
    success: false,
  });
  expect(read("  ")).toEqual({ words: "" });
  expect(read("state:BLOCKED action:admin.users.set_role")).toMatchObject({
    state: "blocked",
    action: "admin.users.set_role",
  });
  expect(read('device:"Firefox on Linux"').device).toBe("firefox on linux");
});

test("parseQuery() refuses control characters, but for those that part words", () => {
  for (const text of ["a\u0000b", "user:a\u0007", "\u009b"]) {
    expect(problem(text)).toContain("control characters");
  }
  expect(read("ann\tuser:bob\r\n")).toEqual({ words: "ann", user: "bob" });
});

test("parseQuery() reads addresses, ranges and times", () => {
  const { ip, until } = read("ip:10.0.0.0/8 until:2026-01-31T12:00Z");
  expect(ip?.text).toBe("10.0.0.0/8");
  expect(until).toBe(epochMs(Date.UTC(2026, 0, 31, 12)));
});

test("parseQuery() says what is wrong with a term", () => {
  expect(problem("colour:red")).toContain("no field colour");
  expect(problem("user:")).toBe("Give user a value");
  expect(problem("user:a user:b")).toBe("Give user once");
  expect(problem("ip:10.0.0.5/8")).toContain("neither an address nor a range");
  expect(problem("role:king")).toContain("role is one of");
  expect(problem("state:nonsense")).toBe("state is one of active, blocked, unverified");
  expect(problem("action:failed_logn")).toStartWith(
    "action is one of login, logout, failed_login,",
  );
  expect(problem("success:maybe")).toBe("success is true or false");
  expect(problem("since:yesterday")).toContain("or a span such as");
  expect(problem("x".repeat(501))).toContain("at most 500");
});

test("parseQuery() refuses a field that the list does not know", () => {
  const query = parseQuery("role:owner", NOW, ["user"]);
  expect(query).toMatchObject({ ok: false, error: { code: "invalid_request" } });
});

test("isInRange() compares by the bits of the prefix, and never across families", () => {
  const range = parseRange("10.128.0.0/9");
  const wide = parseRange("2001:db8::/33");
  if (range === undefined || wide === undefined) throw new Error("Cannot read the ranges");
  expect(isInRange("10.200.1.2", range)).toBe(true);
  expect(isInRange("10.127.255.255", range)).toBe(false);
  expect(isInRange("2001:db8:7fff::1", wide)).toBe(true);
  expect(isInRange("2001:db8:8000::1", wide)).toBe(false);
  expect(isInRange("::ffff", range)).toBe(false);
  expect(isInRange(null, range)).toBe(false);
  expect(isSingle(range)).toBe(false);
});

test("parseRange() refuses what is no range", () => {
  for (const text of [
    "",
    "10.0.0",
    "256.0.0.1",
    "01.2.3.4",
    "1.2.3.4/33",
    "1::2::3",
    "1:2",
    "::1/x",
  ]) {
    expect(parseRange(text)).toBeUndefined();
  }
});

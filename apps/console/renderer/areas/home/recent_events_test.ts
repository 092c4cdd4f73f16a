import { expect, test } from "bun:test";
import {
  bucketsOf,
  busiestAddresses,
  type CountedEvent,
  commonestReasons,
  looksLikeAttack,
} from "./recent_events.ts";

const NOW = Date.parse("2026-11-24T12:00:00Z");

function event(action: string, minutesAgo: number, ip: string | null = "192.0.2.1"): CountedEvent {
  const at = new Date(NOW - minutesAgo * 60_000).toISOString();
  return { at, action, ip, success: action === "login", details: { reason: "wrong_password" } };
}

function times(count: number, make: () => CountedEvent): readonly CountedEvent[] {
  return Array.from({ length: count }, make);
}

test("bucketsOf() counts each event once, the newest in the last bar", () => {
  const buckets = bucketsOf(
    [event("login", 0), event("failed_login", 59), event("rate_limited", 1), event("signup", 1)],
    NOW,
  );
  expect(buckets).toHaveLength(30);
  expect(buckets.at(-1)).toMatchObject({ signIns: 1, limited: 1, refusals: 0 });
  expect(buckets[0]).toMatchObject({ refusals: 1 });
  expect(buckets[0]?.fromMs).toBe(NOW - 3_600_000);
});

test("bucketsOf() leaves out what is older than an hour", () => {
  const sums = bucketsOf([event("login", 61)], NOW).reduce((sum, { signIns }) => sum + signIns, 0);
  expect(sums).toBe(0);
});

test("busiestAddresses() counts refusals alone, and no unknown address", () => {
  const events = [
    event("failed_login", 1, "192.0.2.9"),
    event("rate_limited", 1, "192.0.2.9"),
    event("failed_login", 1, "192.0.2.8"),
    event("failed_login", 1, null),
    event("login", 1, "192.0.2.7"),
  ];
  expect(busiestAddresses(events, 5)).toEqual([
    { value: "192.0.2.9", count: 2 },
    { value: "192.0.2.8", count: 1 },
  ]);
});

test("commonestReasons() names why sign-ins failed", () => {
  expect(
    commonestReasons(
      times(3, () => event("failed_login", 1)),
      5,
    ),
  ).toEqual([{ value: "wrong_password", count: 3 }]);
});

test("looksLikeAttack() is true for one busy address, or refusals far beyond sign-ins", () => {
  let last = 0;
  function spread(): CountedEvent {
    last += 1;
    return event("failed_login", 1, `192.0.2.${last}`);
  }
  expect(looksLikeAttack(times(19, () => event("failed_login", 1)))).toBe(false);
  expect(looksLikeAttack(times(20, () => event("failed_login", 1)))).toBe(true);
  expect(looksLikeAttack(times(60, spread))).toBe(true);
  expect(looksLikeAttack([...times(60, spread), ...times(20, () => event("login", 1))])).toBe(
    false,
  );
});

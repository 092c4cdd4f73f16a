import { expect, test } from "bun:test";
import { days, epochMs, hours, type Id, minutes, seconds } from "@postern/std";
import type { ClaimedMail } from "./ports.ts";
import { giveUpAt, nextAttemptAt } from "./retry.ts";

const NOW = epochMs(1_000_000);

function claimOf(attempt: number): ClaimedMail {
  return {
    id: "m1" as Id<"mail">,
    attempt,
    createdAt: NOW,
    giveUpAt: epochMs(NOW + days(1)),
    sealed: "",
  };
}

test("nextAttemptAt() waits 30 s to 1 min first, doubles, and never waits more than 1 h", () => {
  const shortest = [1, 2, 3, 7, 8, 50].map((n) => (nextAttemptAt(claimOf(n), NOW, 0) ?? 0) - NOW);
  expect(shortest).toEqual([30, 60, 120, 1_800, 1_800, 1_800].map(seconds));
  const longest = [1, 2, 50].map((n) => (nextAttemptAt(claimOf(n), NOW, 0.999_999_9) ?? 0) - NOW);
  expect(longest[0]).toBeCloseTo(seconds(60), -2);
  expect(longest[1]).toBeCloseTo(seconds(120), -2);
  expect(longest[2]).toBeLessThanOrEqual(hours(1));
});

test("nextAttemptAt() gives up where the next attempt would come too late", () => {
  const claim = { ...claimOf(1), giveUpAt: epochMs(NOW + seconds(30)) };
  expect(nextAttemptAt(claim, NOW, 0)).toBeUndefined();
  expect(nextAttemptAt({ ...claim, giveUpAt: epochMs(NOW + seconds(31)) }, NOW, 0)).toBe(
    epochMs(NOW + seconds(30)),
  );
});

test("giveUpAt() is a day, or less where a link is dead by then", () => {
  expect(giveUpAt({ kind: "signup_existing" }, NOW)).toBe(epochMs(NOW + days(1)));
  const reset = {
    kind: "reset_password",
    username: "ana",
    token: "t",
    lifeMs: minutes(30),
  } as const;
  expect(giveUpAt(reset, NOW)).toBe(epochMs(NOW + minutes(30)));
  const confirm = { kind: "email_change_confirm", token: "t", lifeMs: days(7) } as const;
  expect(giveUpAt(confirm, NOW)).toBe(epochMs(NOW + days(1)));
});

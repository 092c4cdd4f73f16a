import { expect, test } from "bun:test";
import { rotationWords } from "./rotation_words.ts";

function words(
  action: string,
  details: Parameters<typeof rotationWords>[0]["details"],
  success = true,
): string {
  return rotationWords({ action: `admin.secrets.${action}`, details, success });
}

test("rotationWords() tells what became of a ring", () => {
  const ends = { sessions: 2, tokens: 3 };
  expect(words("rotate", { ring: "signing", current: "signing-b", previous: "signing-a" })).toBe(
    "Signing: signing-b came into use, nobody was signed out",
  );
  expect(words("rotate", { rings: ["signing"], first: true })).toBe("The first keys were made");
  expect(words("compromise", { ring: "cookies", ends })).toBe(
    "Cookies: a key was dropped as compromised; 2 sessions and 3 tokens ended",
  );
  expect(words("retire", { ring: "secrets", key: "secrets-a" })).toBe(
    "Stored secrets: secrets-a retired, nothing hung on it any more",
  );
});

test("rotationWords() tells schedules, refusals and what was lost", () => {
  expect(words("schedule", { ring: "signing", before: null, after: 90 })).toBe(
    "Signing: rotated every 90 days",
  );
  expect(words("schedule", { ring: "signing", before: 90, after: null })).toBe(
    "Signing: rotated by hand",
  );
  expect(words("rotate", { ring: "signing", reason: "conflict" }, false)).toBe(
    "Signing: refused, conflict",
  );
  expect(words("drop", { table: "t", column: "c", rows: ["1", "2"] })).toBe(
    "2 sealed texts did not open, and were dropped",
  );
});

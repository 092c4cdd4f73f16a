import { expect, test } from "bun:test";
import { dayWords, momentWords, nameWords, typingWords } from "./room_words.ts";

/** A Thursday, by the calendar of whoever runs this. */
const NOW = new Date(2026, 0, 15, 12, 0).getTime();

function named(...names: string[]) {
  return names.map((username, index) => ({ id: `${index}`, username }));
}

test("typingWords() names two at most, and counts the rest", () => {
  expect(typingWords([])).toBe("");
  expect(typingWords(named("ann"))).toBe("ann is typing");
  expect(typingWords(named("ann", "bob"))).toBe("ann and bob are typing");
  expect(nameWords(named("ann", "bob", "cyd"))).toBe("ann, bob and cyd");
  expect(nameWords(named("ann", "bob", "cyd", "dan"))).toBe("ann, bob and 2 others");
});

test("dayWords() says days as one would today", () => {
  expect(dayWords(new Date(2026, 0, 15, 0, 0).getTime(), NOW)).toBe("Today");
  expect(dayWords(new Date(2026, 0, 14, 23, 59).getTime(), NOW)).toBe("Yesterday");
  expect(dayWords(new Date(2026, 0, 13, 23, 59).getTime(), NOW)).toMatch(
    /^Tuesday,? 13 January 2026$/,
  );
});

test("momentWords() takes a time today, a weekday within a week, else a date", () => {
  expect(momentWords(new Date(2026, 0, 15, 9, 5).getTime(), NOW)).toBe("09:05");
  expect(momentWords(new Date(2026, 0, 14, 23, 0).getTime(), NOW)).toBe("Wed");
  expect(momentWords(new Date(2026, 0, 9, 23, 0).getTime(), NOW)).toBe("Fri");
  expect(momentWords(new Date(2026, 0, 8, 9, 0).getTime(), NOW)).toBe("8 Jan");
  expect(momentWords(new Date(2025, 11, 31, 9, 0).getTime(), NOW)).toBe("31 Dec 2025");
  // A clock that is a little ahead.
  expect(momentWords(NOW + 60_000, NOW)).toBe("12:01");
});

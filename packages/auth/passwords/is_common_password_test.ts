import { expect, test } from "bun:test";
import file from "./common_passwords.txt" with { type: "text" };
import { isCommonPassword } from "./is_common_password.ts";

const ENTRIES: readonly string[] = file.slice(file.indexOf("\n\n") + 2, -1).split("\n");

test("common_passwords.txt is sorted, without duplicates, lower-case, 12 or longer, not only digits", () => {
  expect(ENTRIES.length).toBeGreaterThan(50_000);
  expect(ENTRIES.toSorted()).toEqual([...ENTRIES]);
  expect(new Set(ENTRIES).size).toBe(ENTRIES.length);
  for (const entry of ENTRIES) {
    if (entry !== entry.toLowerCase() || entry.length < 12 || /^\d*$/.test(entry)) {
      throw new Error(`Unfit entry: ${entry}`);
    }
  }
});

test("isCommonPassword() finds every entry, the first and the last too", () => {
  expect(ENTRIES.filter((entry) => !isCommonPassword(entry))).toEqual([]);
});

test("isCommonPassword() does not find what is between, before or after two entries", () => {
  const known = new Set(ENTRIES);
  const near = ENTRIES.flatMap((entry) => [`${entry}~`, entry.slice(0, -1), `!${entry}`]);
  const unknown = near.filter((text) => !known.has(text));
  expect(unknown.length).toBeGreaterThan(50_000);
  expect(unknown.filter(isCommonPassword)).toEqual([]);
  for (const text of ["", "\n", " ", "\u{10ffff}", "zzz", "a\nb", file.slice(0, 40)]) {
    expect(isCommonPassword(text)).toBe(false);
  }
});

test.each([
  "password1234",
  "passwordpassword",
  "qwerty123456",
  "1qaz2wsx3edc",
  "aaaaaaaaaaaa",
  "abcdefghijkl",
  "iloveyou1234",
  "administrator",
  "p@ssw0rd1234",
  "welcome2024!",
  "letmeinletmein",
  "correcthorsebatterystaple",
])("isCommonPassword() knows %s", (password) => {
  expect(isCommonPassword(password)).toBe(true);
});

test("isCommonPassword() compares the whole: a common one with more around it is another", () => {
  expect(isCommonPassword("my cat says password1234")).toBe(false);
  expect(isCommonPassword("password1234 ")).toBe(false);
});

import { expect, test } from "bun:test";
import { checkPassword, type PasswordRules } from "./check_password.ts";
import { isCommonPassword } from "./is_common_password.ts";
import { normalizePassword } from "./normalize_password.ts";

const RULES: PasswordRules = { minLength: 12, isCommon: isCommonPassword };

function codesOf(password: string, about = {}, rules = RULES): string[] {
  return checkPassword(password, about, rules).map((failure) => failure.code);
}

test.each([
  "seven green kettles",
  "x7$Kq!m2Zw#9",
  "            ",
  " leading and trailing ",
  "ключ от квартиры",
  "🔑🗝️🔐🔒🔓🚪🏠🏡🏰🛖⛺🏕️",
  "a".repeat(256),
])("checkPassword() accepts %j", (password) => {
  expect(checkPassword(password, {}, RULES)).toEqual([]);
});

test("checkPassword() counts code points, not UTF-16 units or bytes", () => {
  expect(codesOf("🔑".repeat(11))).toEqual(["password_too_short"]);
  expect(codesOf("🔑".repeat(12))).toEqual([]);
  expect(codesOf("🔑".repeat(256))).toEqual([]);
  expect(codesOf("🔑".repeat(257))).toEqual(["password_too_long"]);
});

test("checkPassword() counts after NFC: a letter and its accent are one", () => {
  const decomposed = "o\u0308".repeat(11);
  expect(decomposed.length).toBe(22);
  expect(codesOf(decomposed)).toEqual(["password_too_short"]);
  expect(codesOf(`${decomposed}x`)).toEqual([]);
  expect(codesOf("o\u0308".repeat(256))).toEqual([]);
  expect(codesOf("\u0958".repeat(129))).toEqual(["password_too_long"]);
});

test("checkPassword() trims nothing: spaces count", () => {
  expect(codesOf(" elevenchar")).toEqual(["password_too_short"]);
  expect(codesOf(" elevenchars")).toEqual([]);
});

test("checkPassword() asks for as many characters as the rules say", () => {
  expect(codesOf("seven kettles", {}, { ...RULES, minLength: 13 })).toEqual([]);
  expect(codesOf("seven kettles", {}, { ...RULES, minLength: 14 })).toEqual(["password_too_short"]);
});

test("checkPassword() compares with the list whole, without case, in NFC", () => {
  expect(codesOf("PassWord1234")).toEqual(["password_common"]);
  expect(codesOf("password1234 and more")).toEqual([]);
  const asked: string[] = [];
  function isCommon(lowered: string): boolean {
    asked.push(lowered);
    return true;
  }
  expect(codesOf("O\u0308STERREICH 4711", {}, { minLength: 12, isCommon })).toEqual([
    "password_common",
  ]);
  expect(asked).toEqual(["österreich 4711"]);
});

test("checkPassword() refuses digits of any script, and only where there is nothing else", () => {
  expect(codesOf("497023815604")).toEqual(["password_numeric"]);
  expect(codesOf("٤٩٧٠٢٣٨١٥٦٠٤")).toEqual(["password_numeric"]);
  expect(codesOf("4970238156-4")).toEqual([]);
});

test("checkPassword() refuses lone surrogates, which would all hash alike", () => {
  expect(codesOf("seven green \ud83d kettles")).toEqual(["password_malformed"]);
  expect(codesOf("seven green \udd11 kettles")).toEqual(["password_malformed"]);
  expect(codesOf("seven green \udd11\ud83d kettles")).toEqual(["password_malformed"]);
  expect(codesOf("seven green \ud83d\udd11 kettles")).toEqual([]);
});

test("checkPassword() refuses what is close to its owner", () => {
  expect(codesOf("alice_wonder99", { username: "alice_wonder" })).toEqual(["password_similar"]);
  expect(codesOf("alice_wonder99", { username: "bob" })).toEqual([]);
});

test("checkPassword() names every rule that is not met at once", () => {
  expect(codesOf("")).toEqual(["password_too_short"]);
  expect(codesOf("12345", { username: "12345" })).toEqual([
    "password_too_short",
    "password_similar",
    "password_numeric",
  ]);
  expect(codesOf(`${"9".repeat(257)}`, { name: "9".repeat(250) })).toEqual([
    "password_too_long",
    "password_similar",
    "password_numeric",
  ]);
  expect(codesOf("administrator", { username: "administrator" })).toEqual([
    "password_common",
    "password_similar",
  ]);
  expect(codesOf("\ud800")).toEqual(["password_too_short", "password_malformed"]);
});

test("checkPassword() says what to do, and never repeats the password", () => {
  const all = [
    ...checkPassword("hunter2", { username: "hunter2" }, { minLength: 15, isCommon: () => true }),
    ...checkPassword("1".repeat(300), {}, RULES),
    ...checkPassword("\ud800", {}, RULES),
  ];
  expect(new Set(all.map((failure) => failure.code)).size).toBe(6);
  for (const failure of all) {
    expect(failure.detail).toMatch(/^[A-Z][^.]{10,}[^.]$/);
    expect(failure.detail).not.toContain("hunter2");
  }
  expect(all[0]?.detail).toBe("Use at least 15 characters");
});

test("normalizePassword() changes nothing but the normalization form", () => {
  expect(normalizePassword("o\u0308")).toBe("ö");
  for (const text of [" A b\t", "ﬁ", "ＡＢＣ", "ſ", "ΑΣ", "\u0000", "İ"]) {
    expect(normalizePassword(text)).toBe(text);
  }
});

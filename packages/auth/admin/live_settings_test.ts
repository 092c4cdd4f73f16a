import { expect, test } from "bun:test";
import { readLiveSetting } from "./live_settings.ts";

test("readLiveSetting() reads what a setting may be, and nothing else", () => {
  expect(readLiveSetting("SIGNUP", "closed")).toEqual({ name: "SIGNUP", value: "closed" });
  const length = { name: "PASSWORD_MIN_LENGTH", value: 12 } as const;
  expect(readLiveSetting("PASSWORD_MIN_LENGTH", "12")).toEqual(length);
  expect(readLiveSetting("PASSWORD_MIN_LENGTH", "64")?.value).toBe(64);
  for (const text of ["11", "65", "", "12.5", "1e1", "-12", "012"]) {
    expect(readLiveSetting("PASSWORD_MIN_LENGTH", text)).toBeUndefined();
  }
  expect(readLiveSetting("SIGNUP", "open")).toBeUndefined();
  expect(readLiveSetting("PUBLIC_URL", "http://x")).toBeUndefined();
});

import { expect, test } from "bun:test";
import { checkTitle } from "./check_title.ts";
import { TITLE_MAX_LENGTH } from "./limits.ts";

test("checkTitle() takes away the space around a title", () => {
  expect(checkTitle("  Gate \n")).toEqual({ ok: true, value: "Gate" });
});

test("checkTitle() counts code points", () => {
  expect(checkTitle("\u{1f600}".repeat(TITLE_MAX_LENGTH)).ok).toBe(true);
  expect(checkTitle("\u{1f600}".repeat(TITLE_MAX_LENGTH + 1)).ok).toBe(false);
});

test("checkTitle() takes titles of any script", () => {
  for (const title of [
    "Tor \u2014 \u9580",
    "\u0628\u0627\u0628",
    "\u{1f3f3}\ufe0f\u200d\u{1f308}",
    "7",
  ]) {
    expect(checkTitle(title)).toEqual({ ok: true, value: title });
  }
});

test.each([
  ...["", " \t ", "\ud800"],
  ...["a\nb", "a\u0000", "a\u202eb", "\u200b", "\u2800\u2800", "\u3164", "\u0301"],
])("checkTitle() refuses %j, and says which field it was", (given) => {
  expect(checkTitle(given)).toMatchObject({
    ok: false,
    error: { code: "invalid_request", errors: [{ path: "title" }] },
  });
});

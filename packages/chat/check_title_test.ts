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

test.each(["", " \t ", "\ud800"])(
  "checkTitle() refuses %j, and says which field it was",
  (given) => {
    expect(checkTitle(given)).toMatchObject({
      ok: false,
      error: { code: "invalid_request", errors: [{ path: "title" }] },
    });
  },
);

import { expect, test } from "bun:test";
import { createKeySequence, keyName } from "./key_sequence.ts";

const BARE = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

test("keyName() takes Ctrl and Cmd for the same, and Shift only with named keys", () => {
  expect(keyName({ ...BARE, key: "k", metaKey: true })).toBe("mod+k");
  expect(keyName({ ...BARE, key: "K", ctrlKey: true })).toBe("mod+k");
  expect(keyName({ ...BARE, key: "?", shiftKey: true })).toBe("?");
  expect(keyName({ ...BARE, key: "F10", shiftKey: true })).toBe("shift+f10");
  expect(keyName({ ...BARE, key: "Shift", shiftKey: true })).toBe(null);
});

test("press() knows a sequence for a moment, and each key alone", () => {
  const keys = createKeySequence();
  expect(keys.press({ ...BARE, key: "g" }, 0)).toEqual(["g"]);
  expect(keys.press({ ...BARE, key: "s" }, 1_500)).toEqual(["g s", "s"]);
  expect(keys.press({ ...BARE, key: "s" }, 3_001)).toEqual(["s"]);
});

import { expect, test } from "bun:test";
import { boxOf, chooseRange, isChosen, NOTHING, toggle } from "./selection.ts";

const LOADED = ["a", "b", "c", "d"];

test("toggle() takes one out of all that match, and leaves the loaded others", () => {
  const left = toggle({ kind: "all" }, "b", LOADED);
  expect(LOADED.filter((id) => isChosen(left, id))).toEqual(["a", "c", "d"]);
  expect(isChosen(left, "never loaded")).toBe(false);
});

test("chooseRange() works in both directions, and keeps what was chosen", () => {
  const one = toggle(NOTHING, "a", LOADED);
  const range = chooseRange(one, LOADED, ["d", "c"]);
  expect(LOADED.filter((id) => isChosen(range, id))).toEqual(["a", "c", "d"]);
  expect(chooseRange(one, LOADED, ["gone", "c"])).toBe(one);
});

test("boxOf() tells whether none, some or all of the loaded rows are chosen", () => {
  expect(boxOf(NOTHING, LOADED)).toBe("off");
  expect(boxOf(toggle(NOTHING, "a", LOADED), LOADED)).toBe("mixed");
  expect(boxOf({ kind: "all" }, LOADED)).toBe("on");
  expect(boxOf(NOTHING, [])).toBe("off");
});

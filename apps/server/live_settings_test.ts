import { expect, test } from "bun:test";
import type { LiveSettingName } from "@postern/auth";
import { createSettingsInForce } from "./live_settings.ts";

function open(...fixed: LiveSettingName[]) {
  const defaults = { signup: "verify", passwordMinLength: 12 } as const;
  return createSettingsInForce({ ...defaults, fixedSettings: new Set(fixed) });
}

test("what is stored is in force, and the default again once it is gone", () => {
  const settings = open();
  const { current } = settings;
  settings.replace(
    new Map([
      ["SIGNUP", "closed"],
      ["PASSWORD_MIN_LENGTH", "20"],
    ]),
  );
  expect([current.signup, current.passwordMinLength]).toEqual(["closed", 20]);
  settings.replace(new Map());
  expect([current.signup, current.passwordMinLength]).toEqual(["verify", 12]);
});

test("what the environment sets stays, whatever is stored", () => {
  const settings = open("SIGNUP");
  settings.replace(
    new Map([
      ["SIGNUP", "closed"],
      ["PASSWORD_MIN_LENGTH", "20"],
    ]),
  );
  expect([settings.current.signup, settings.current.passwordMinLength]).toEqual(["verify", 20]);
});

test("a stored value that may not be is passed over", () => {
  const settings = open();
  settings.replace(
    new Map([
      ["PASSWORD_MIN_LENGTH", "1"],
      ["SIGNUP", "open"],
      ["X", "y"],
    ]),
  );
  expect([settings.current.signup, settings.current.passwordMinLength]).toEqual(["verify", 12]);
});

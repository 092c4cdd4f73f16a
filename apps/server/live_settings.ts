/**
 * The settings that can change while the server runs, as they are in force.
 *
 * What the environment sets stays as it is set there; of the rest, what is stored counts, and else
 * the default.
 *
 * @module
 */

import { type LiveSettingName, type LiveSettings, readLiveSetting } from "@postern/auth";

/** What the environment says. */
export interface SettingsFromEnvironment extends LiveSettings {
  /** Which of them it sets; the others have their defaults. */
  readonly fixedSettings: ReadonlySet<LiveSettingName>;
}

/** Settings in force, which can be replaced. */
export interface SettingsInForce {
  /** Always what is in force now: not to be copied. */
  readonly current: LiveSettings;
  /** Puts stored settings in force, from the next request on. What is no setting of ours is passed over. */
  replace(stored: ReadonlyMap<string, string>): void;
}

/** Makes them, with nothing stored yet. */
export function createSettingsInForce(given: SettingsFromEnvironment): SettingsInForce {
  let { signup, passwordMinLength } = given;

  return {
    current: {
      get signup() {
        return signup;
      },
      get passwordMinLength() {
        return passwordMinLength;
      },
    },
    replace(stored) {
      ({ signup, passwordMinLength } = given);
      for (const [name, value] of stored) {
        const setting = readLiveSetting(name, value);
        if (setting === undefined || given.fixedSettings.has(setting.name)) continue;
        if (setting.name === "SIGNUP") signup = setting.value;
        else passwordMinLength = setting.value;
      }
    },
  };
}

/**
 * Settings that can change while the server runs: which there are, and what they may be.
 *
 * @module
 */

import type { Policy } from "../ports.ts";

/** Values of all of them. */
export type LiveSettings = Pick<Policy, "signup" | "passwordMinLength">;

/** Names of them, as in the environment. */
export type LiveSettingName = "SIGNUP" | "PASSWORD_MIN_LENGTH";

/** One of them, with a value that it may have. */
export type LiveSetting =
  | { readonly name: "SIGNUP"; readonly value: LiveSettings["signup"] }
  | { readonly name: "PASSWORD_MIN_LENGTH"; readonly value: number };

/** What the shortest password may be set to, characters. */
export const PASSWORD_MIN_LENGTHS = { least: 12, most: 64 } as const;

/** Reads one as it is stored; `undefined` where it is none, or has a value that it may not have. */
export function readLiveSetting(name: string, stored: string): LiveSetting | undefined {
  if (name === "SIGNUP") {
    return stored === "verify" || stored === "closed" ? { name, value: stored } : undefined;
  }
  if (name !== "PASSWORD_MIN_LENGTH" || !/^[1-9][0-9]?$/.test(stored)) return undefined;
  const value = Number(stored);
  const { least, most } = PASSWORD_MIN_LENGTHS;
  return value >= least && value <= most ? { name, value } : undefined;
}

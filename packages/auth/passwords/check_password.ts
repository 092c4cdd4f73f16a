/**
 * The rules for a new password, all at once.
 *
 * Pure, and without the list of common passwords: that is handed in, so that a page which shows
 * the rules as they are met need not carry it. Never asked at sign-in, where old passwords that
 * met older rules must still work.
 *
 * @see NIST SP 800-63B-4, 3.1.1.2 (length, a list of common ones, no rules of composition)
 * @module
 */

import { PASSWORD_MAX_CODE_POINTS } from "./limits.ts";
import { normalizePassword } from "./normalize_password.ts";
import { type AboutUser, resemblesUser } from "./resembles_user.ts";

/** Why a password is refused. The same codes go to the caller. */
export type PasswordCode =
  | "password_too_short"
  | "password_too_long"
  | "password_common"
  | "password_similar"
  | "password_numeric"
  | "password_malformed";

/** One rule that a password does not meet. */
export interface PasswordFailure {
  readonly code: PasswordCode;
  /** For people: what to do about it. */
  readonly detail: string;
}

/** What is asked of a password beside what is always asked. */
export interface PasswordRules {
  /** Fewest code points. */
  readonly minLength: number;
  /** Tells whether a password, in NFC and lower case, is on the list of common ones. */
  readonly isCommon: (lowered: string) => boolean;
}

const ALL_DIGITS = /^\p{Nd}+$/u;

/**
 * Checks a new password.
 *
 * @param about Who it is for, as far as is known; empty texts count as unknown.
 * @returns every rule that is not met, in a fixed order; empty where the password is good.
 */
export function checkPassword(
  password: string,
  about: AboutUser,
  rules: PasswordRules,
): readonly PasswordFailure[] {
  const normal = normalizePassword(password);
  const length = countCodePoints(normal);
  const failures: PasswordFailure[] = [];
  function refuse(code: PasswordCode, detail: string): void {
    failures.push({ code, detail });
  }
  if (length < rules.minLength) {
    refuse("password_too_short", `Use at least ${rules.minLength} characters`);
  }
  if (length > PASSWORD_MAX_CODE_POINTS) {
    refuse("password_too_long", `Use at most ${PASSWORD_MAX_CODE_POINTS} characters`);
  }
  if (rules.isCommon(normal.toLowerCase())) {
    refuse("password_common", "This password is on lists of common ones: choose another");
  }
  if (resemblesUser(normal, about)) {
    refuse("password_similar", "Use less of your username, email address or name");
  }
  if (ALL_DIGITS.test(normal)) {
    refuse("password_numeric", "Use more than digits");
  }
  if (!normal.isWellFormed()) {
    refuse("password_malformed", "This text has characters that are broken: type it anew");
  }
  return failures;
}

function countCodePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/**
 * Which rules for a new password are met by what is typed so far.
 *
 * Length is counted as the server counts it: in code points, after NFC.
 *
 * @module
 */

import { PASSWORD_MAX_LENGTH } from "@postern/wire";

/** One rule, and whether it is met; `null` while that is not known. */
export interface PasswordRule {
  readonly words: string;
  readonly isMet: boolean | null;
}

const ONLY_DIGITS = /^\p{Nd}+$/u;

/**
 * Reads a password against the rules that a page can tell.
 *
 * @param minLength Fewest code points, as the operator set it.
 */
export function rulesMet(password: string, minLength: number): readonly PasswordRule[] {
  const normal = password.normalize("NFC");
  const length = [...normal].length;
  return [
    {
      words: `At least ${minLength} characters; a few words in a row do well`,
      isMet: length >= minLength && length <= PASSWORD_MAX_LENGTH,
    },
    { words: "Not only digits", isMet: length > 0 && !ONLY_DIGITS.test(normal) },
  ];
}

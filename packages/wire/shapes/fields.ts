/**
 * Fields that people fill in, with what is asked of them written down for the description alone.
 *
 * The schemas take any text: the rules themselves are applied behind them, where each one that is
 * not met gets a code of its own, and all are told at once.
 *
 * @module
 */

import { z } from "zod";
import {
  NAME_MAX_LENGTH,
  PASSWORD_MAX_LENGTH,
  USERNAME_MAX_LENGTH,
  USERNAME_MIN_LENGTH,
} from "../credentials.ts";

/** Longest e-mail address, characters. RFC 5321, section 4.5.3.1.3, less the angle brackets. */
const EMAIL_MAX_LENGTH = 254;

/** Fewest code points of a password, where the operator asks for no more. NIST SP 800-63B-4, 3.1.1.2. */
const PASSWORD_MIN_LENGTH = 12;

/** Most characters of a picture's address. */
const PICTURE_MAX_LENGTH = 2_048;

/** A new e-mail address. */
export const emailField = z.string().meta({ format: "email", maxLength: EMAIL_MAX_LENGTH });

/** A new username, which is kept in lower case. */
export const usernameField = z.string().meta({
  minLength: USERNAME_MIN_LENGTH,
  maxLength: USERNAME_MAX_LENGTH,
  pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*[A-Za-z0-9]$",
  description: "Kept in lower case; some are reserved",
});

/** A new password. The operator may ask for more than the least length that is described. */
export const newPasswordField = z.string().meta({
  minLength: PASSWORD_MIN_LENGTH,
  maxLength: PASSWORD_MAX_LENGTH,
  pattern: "[^0-9]",
  description: "Not a common one, not only digits, not close to username, e-mail address or name",
});

/** A person's name. */
export const nameField = z.string().meta({ maxLength: NAME_MAX_LENGTH });

/** The address of a picture; an empty one takes it away. */
export const pictureField = z.string().meta({
  maxLength: PICTURE_MAX_LENGTH,
  pattern: "^(?:https://[a-z0-9.-]+/.*)?$",
  description: "An https address that names no user",
});

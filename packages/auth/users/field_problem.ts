/**
 * What is wrong with one field of a command.
 *
 * @module
 */

/** Codes of fields that the rules refuse. */
export type FieldCode =
  | "username_taken"
  | "username_invalid"
  | "email_invalid"
  | "invalid_request"
  | "password_too_short"
  | "password_too_long"
  | "password_common"
  | "password_similar"
  | "password_numeric"
  | "password_malformed";

/** What is wrong with one field: its name, a code, and words for people. */
export interface FieldProblem {
  readonly path: string;
  readonly code: FieldCode;
  readonly detail: string;
}

/** Some fields are not acceptable: all that is wrong, at once. */
export interface InvalidFields {
  readonly code: "invalid_request";
  readonly errors: readonly FieldProblem[];
}

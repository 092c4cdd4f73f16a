/**
 * Every code that an answer can carry, with its status and title: the one table from code to status.
 *
 * @see RFC 9457 (Problem Details for HTTP APIs)
 * @module
 */

import { z } from "zod";

/** Status and title of each problem code. `detail` is written where the problem arises. */
export const PROBLEMS = {
  invalid_json: { status: 400, title: "The body is not a JSON object" },
  invalid_request: { status: 422, title: "Some fields are not acceptable" },
  malformed_request: { status: 400, title: "The request is malformed" },
  unsupported_media_type: { status: 415, title: "The content type is not accepted" },
  too_large: { status: 413, title: "The body is too large" },
  not_found: { status: 404, title: "There is nothing here" },
  method_not_allowed: { status: 405, title: "This method is not allowed here" },
  misdirected: { status: 421, title: "This server does not answer for that host" },
  https_required: { status: 403, title: "Only https is accepted" },
  csrf_failed: { status: 403, title: "The request did not prove where it came from" },
  unauthenticated: { status: 401, title: "Sign in first" },
  token_expired: { status: 401, title: "The token has run out" },
  session_ended: { status: 401, title: "The session has ended" },
  forbidden: { status: 403, title: "This is not allowed" },
  step_up_required: { status: 403, title: "Sign in again to do this" },
  invalid_credentials: { status: 401, title: "The name or the password is wrong" },
  email_unverified: { status: 403, title: "The e-mail address is not verified" },
  password_change_required: { status: 403, title: "The password must be changed first" },
  confirm_password: { status: 403, title: "The password of the signup is needed" },
  wrong_password: { status: 403, title: "The current password is wrong" },
  blocked: { status: 403, title: "Blocked" },
  rate_limited: { status: 429, title: "Too many requests" },
  busy: { status: 503, title: "The server is busy" },
  signup_closed: { status: 403, title: "New accounts are not accepted" },
  username_taken: { status: 409, title: "The username is taken" },
  username_invalid: { status: 422, title: "The username is not acceptable" },
  email_invalid: { status: 422, title: "The e-mail address is not acceptable" },
  password_too_short: { status: 422, title: "The password is too short" },
  password_too_long: { status: 422, title: "The password is too long" },
  password_common: { status: 422, title: "The password is too common" },
  password_similar: { status: 422, title: "The password is too close to the account's own data" },
  password_numeric: { status: 422, title: "The password is only digits" },
  password_malformed: { status: 422, title: "The password is not well-formed Unicode" },
  invalid_token: { status: 401, title: "The token is not valid" },
  last_way_in: { status: 409, title: "This is the last way into the account" },
  already_linked: { status: 409, title: "This is linked already" },
  provider_disabled: { status: 403, title: "This provider is switched off" },
  provider_error: { status: 502, title: "The provider did not answer as it should" },
  conflict: { status: 409, title: "It was changed meanwhile" },
  internal: { status: 500, title: "Something went wrong here" },
} as const satisfies Record<string, { status: number; title: string }>;

/** A stable code of a problem, in snake_case. */
export type ProblemCode = keyof typeof PROBLEMS;

/** All codes, as a schema. */
export const problemCode = z.enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]);

/** What is wrong with one field. `path` is its name, dotted where nested. */
export const fieldProblem = z.object({
  path: z.string(),
  code: problemCode,
  detail: z.string(),
});

/** What is wrong with one field. */
export type FieldProblem = z.infer<typeof fieldProblem>;

/** An error answer, `application/problem+json`. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: problemCode,
  detail: z.string(),
  errors: z.array(fieldProblem).optional(),
});

/** An error answer. */
export type Problem = z.infer<typeof problem>;

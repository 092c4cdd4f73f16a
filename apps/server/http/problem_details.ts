/**
 * What a problem says to people, where the place it arises in has nothing more exact to say.
 *
 * @module
 */

import type { ProblemCode } from "@postern/wire";

/** A sentence for each code. It holds nothing of the request, and tells nothing of other accounts. */
export const PROBLEM_DETAILS: Readonly<Record<ProblemCode, string>> = {
  invalid_json: "Send one JSON object, in UTF-8, without repeated fields, at most 32 levels deep",
  invalid_request: "Some fields are missing or not acceptable; see errors",
  malformed_request: "The request is malformed, or carries one of our cookies twice",
  unsupported_media_type: "Send the body as application/json",
  too_large: "A body may be 64 KiB at most",
  not_found: "There is nothing at this address",
  method_not_allowed: "See the Allow header for the methods that are",
  misdirected: "This server answers only for its own host names",
  https_required: "Ask again over https",
  csrf_failed:
    "Fetch /api/v1/auth/csrf, and send its token in the X-CSRFToken header, from an allowed origin",
  unauthenticated: "Sign in, and send the cookies or a bearer token",
  token_expired: "The token has run out; refresh it",
  session_ended: "The session has ended; sign in again",
  forbidden: "This is not allowed",
  step_up_required: "This needs the current password, or a sign-in at most 5 minutes old",
  invalid_credentials: "The name or the password is wrong",
  email_unverified: "The address is not verified yet; a new link is on its way to it",
  password_change_required:
    "The password must be changed before it signs in; a link for that is on its way to the address",
  confirm_password:
    "This browser did not ask for the link: send the password that was chosen with it",
  wrong_password: "The current password is wrong",
  blocked: "This account is blocked; ask whoever runs this server",
  rate_limited: "Too many requests; wait for as long as Retry-After says",
  busy: "The server is busy; try again in a moment",
  signup_closed: "This server takes no new accounts",
  username_taken: "The username is taken; choose another",
  username_invalid: "The username is not acceptable",
  email_invalid: "The e-mail address is not acceptable",
  password_too_short: "The password is too short",
  password_too_long: "The password is too long",
  password_common: "The password is too common",
  password_similar: "The password is too close to the account's own data",
  password_numeric: "The password is only digits",
  password_malformed: "The password is not well-formed Unicode",
  invalid_token: "The token or link is not valid, was used before, or has run out",
  last_way_in: "Without this there would be no way into the account",
  already_linked: "This is linked already",
  provider_disabled: "This provider is switched off",
  provider_error: "The provider did not answer as it should",
  conflict: "It was changed meanwhile; look again and repeat",
  internal: "Something went wrong here; the request id names it in the log",
};

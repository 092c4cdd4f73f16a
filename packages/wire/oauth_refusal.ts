/**
 * How the token and revocation endpoints write what others write as a problem.
 *
 * @see RFC 6749, section 5.2, and for the codes beside it section 4.1.2.1
 * @module
 */

import { PROBLEMS, type ProblemCode } from "./problem.ts";

/** An error of OAuth, and the status that it comes with. */
export interface OauthRefusal {
  readonly status: number;
  readonly error: "invalid_request" | "access_denied" | "server_error" | "temporarily_unavailable";
}

/** Writes a problem as an error of OAuth: 400 for wrong fields, else its own status. */
export function oauthRefusal(code: ProblemCode): OauthRefusal {
  const status = oauthStatus(code);
  switch (code) {
    case "rate_limited":
    case "busy":
      return { status, error: "temporarily_unavailable" };
    case "internal":
      return { status, error: "server_error" };
    case "blocked":
    case "forbidden":
      return { status, error: "access_denied" };
    default:
      return { status, error: "invalid_request" };
  }
}

/** Status of a problem as an error of OAuth. */
export function oauthStatus(code: ProblemCode): number {
  return code === "invalid_request" ? 400 : PROBLEMS[code].status;
}

/**
 * The answer to a request that carries one of our cookies twice.
 *
 * @module
 */

import type { Answers } from "./answers.ts";
import type { RequestContext } from "./request_context.ts";

const DETAIL = "One of our cookies came twice: delete this site's cookies, and try again";

/** Refuses it, in words that help whoever sees them in a browser. */
export function refuseDoubledCookie(
  answers: Pick<Answers, "problem">,
  context: RequestContext,
): Response {
  return answers.problem(context, "malformed_request", { detail: DETAIL });
}

/**
 * Turns what a route came to into an answer.
 *
 * @see RFC 6750, section 3 (WWW-Authenticate), RFC 9110, section 10.2.3 (Retry-After)
 * @module
 */

import type { AnswerOptions, Answers } from "./answers.ts";
import type { RequestContext } from "./request_context.ts";
import type { Outcome, Refusal, RefusalError, Reply } from "./route.ts";

/** What an answer is made with. */
export interface OutcomeDeps {
  readonly answers: Answers;
  /** Headers of a 429 or 503. */
  readonly limitHeaders: (error: RefusalError) => Readonly<Record<string, string>>;
}

/** Makes the answer that a route's outcome stands for. */
export function toResponse(deps: OutcomeDeps, context: RequestContext, outcome: Outcome): Response {
  if (outcome instanceof Response) return outcome;
  if ("refuse" in outcome) return refusalResponse(deps, context, outcome);
  return replyResponse(deps, context, outcome);
}

function replyResponse(deps: OutcomeDeps, context: RequestContext, outcome: Reply): Response {
  const { status, headers, cookies } = outcome;
  const options: AnswerOptions = { status, headers, cookies };
  if (outcome.body !== null) return deps.answers.json(context, outcome.body, options);
  const noStore = { "Cache-Control": "no-store", ...headers };
  return deps.answers.raw(context, null, { ...options, headers: noStore });
}

function refusalResponse(deps: OutcomeDeps, context: RequestContext, outcome: Refusal): Response {
  const { code, detail, errors } = outcome.refuse;
  const headers = refusalHeaders(deps, outcome.refuse);
  return deps.answers.problem(context, code, { detail, errors, headers, cookies: outcome.cookies });
}

function refusalHeaders(deps: OutcomeDeps, error: RefusalError) {
  switch (error.code) {
    case "rate_limited":
    case "busy":
      return deps.limitHeaders(error);
    case "unauthenticated":
      return { "WWW-Authenticate": "Bearer" };
    case "invalid_token":
    case "token_expired":
    case "session_ended":
      return { "WWW-Authenticate": 'Bearer error="invalid_token"' };
    default:
      return undefined;
  }
}

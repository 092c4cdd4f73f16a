/**
 * Sending a browser somewhere.
 *
 * @module
 */

import type { Answers } from "../http/answers.ts";
import type { RequestContext } from "../http/request_context.ts";

/** What a redirect is made of. */
export interface Redirect {
  /** 302 where it is left out. After a POST it is 303, so that the browser goes on by GET. */
  readonly status?: 302 | 303;
  readonly location: string;
  readonly cookies?: readonly string[];
}

/**
 * Answers 302 or 303, and nobody keeps the answer. The policy on every answer gives the other side our
 * origin at most, so no code or state of the address reaches it.
 */
export function redirect(answers: Answers, context: RequestContext, to: Redirect): Response {
  return answers.raw(context, null, {
    status: to.status ?? 302,
    headers: {
      Location: to.location,
      "Cache-Control": "no-store",
    },
    cookies: to.cookies,
  });
}

/** The sign-in page, told what went wrong. */
export function loginWithError(code: string): string {
  return `/login?error=${encodeURIComponent(code)}`;
}

/** Where a provider sends the browser back to. */
export function callbackUrl(publicUrl: string, providerId: string): string {
  return `${publicUrl}/accounts/${providerId}/login/callback`;
}

/**
 * Sending a browser somewhere, without telling where it came from.
 *
 * @module
 */

import type { Answers } from "../http/answers.ts";
import type { RequestContext } from "../http/request_context.ts";

/** What a redirect is made of. */
export interface Redirect {
  readonly location: string;
  readonly cookies?: readonly string[];
}

/** Answers 302. Nothing of the request's address reaches the other side, and nobody keeps the answer. */
export function redirect(answers: Answers, context: RequestContext, to: Redirect): Response {
  return answers.raw(context, null, {
    status: 302,
    headers: {
      Location: to.location,
      "Cache-Control": "no-store",
      "Referrer-Policy": "no-referrer",
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

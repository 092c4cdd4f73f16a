/**
 * Where password managers send people who want to change a password.
 *
 * @see https://www.w3.org/TR/change-password-url/
 * @module
 */

import type { Answers } from "../http/answers.ts";
import type { RequestContext } from "../http/request_context.ts";
import { redirect } from "./_redirect.ts";

const PATH = "/.well-known/change-password";

/** Sends a browser to the form; whoever is not signed in gets there by way of the sign-in page. */
export function toChangePassword(answers: Answers) {
  return {
    path: PATH,
    handle(context: RequestContext): Response {
      context.route = PATH;
      return redirect(answers, context, { location: "/account#password" });
    },
  };
}

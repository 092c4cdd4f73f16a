/**
 * What a problem means for the person in front of the page.
 *
 * @module
 */

import type { ClientProblem, ClientProblemCode } from "@postern/client";

const WORDS: Partial<Readonly<Record<ClientProblemCode, string>>> = {
  offline: "The server cannot be reached. Check your connection; what you typed is kept.",
  unreadable: "The server is not answering as it should. Try again in a moment.",
  internal: "Something went wrong on the server. Try again in a moment.",
  busy: "The server is busy right now. Try again in a moment.",
  rate_limited: "Too many tries in a short time. Wait a little, then try again.",
  invalid_credentials: "That name and password do not match.",
  password_change_required:
    "Your password must be changed first. A link for that is on its way to your address.",
  email_unverified: "Your address is not confirmed yet. A new link is on its way to it.",
  blocked: "This account is blocked. The people who run this site can tell you more.",
  csrf_failed: "This page has been open for too long. Load it again and try once more.",
  signup_closed: "New accounts are not accepted here.",
  unauthenticated: "You are signed out. Sign in and try again.",
  token_expired: "You are signed out. Sign in and try again.",
  session_ended: "This session has ended. Sign in and try again.",
  step_up_required: "For this, sign in again first: your sign-in is more than five minutes old.",
  confirm_password: "That is not the password that was chosen for this account.",
  wrong_password: "That is not your current password.",
  last_way_in: "This is the only way into your account.",
  provider_disabled: "This provider is switched off here at the moment.",
  provider_error:
    "The provider cannot be reached, or does not answer as it should. Try again in a moment.",
  conflict: "This was changed meanwhile. Load the page again.",
};

/** Says a problem in words; what has none here is said in the server's. */
export function problemWords(problem: ClientProblem): string {
  const words = WORDS[problem.code] ?? problem.detail;
  const isOurFault = problem.code === "internal" && problem.requestId !== null;
  return isOurFault ? `${words} If it stays so, quote ${problem.requestId}.` : words;
}

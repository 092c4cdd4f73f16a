/**
 * Problems in a sentence that says what to do.
 *
 * @module
 */

import type { Problem } from "./problem.ts";

/** Says what is wrong. The server's own words stand where they say more than the code does. */
export function problemWords({ code, message }: Problem): string {
  switch (code) {
    case "offline":
      return "The server cannot be reached, so whether it was done is not known. Look before you try again.";
    case "signed_out":
    case "unauthenticated":
    case "session_ended":
    case "token_expired":
      return "Your sign-in has ended. Sign in again.";
    case "read_only":
      return "This server is read-only here. Allow changes at the top, then try again.";
    case "forbidden":
      return `${dotted(message)} Your role does not permit it.`;
    case "step_up_required":
      return "This needs a sign-in a moment ago.";
    case "cancelled":
      return "Stopped. Nothing was changed.";
    case "timed_out":
      return "Nobody finished it in the browser in time. Try again.";
    case "access_denied":
      return "It was refused in the browser.";
    case "conflict":
      return `${dotted(message)} Nothing was overwritten.`;
    default:
      return dotted(message);
  }
}

function dotted(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

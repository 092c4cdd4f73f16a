/**
 * Signing out.
 *
 * @module
 */

import { defineOperation } from "../operation.ts";
import { done } from "../shapes/status.ts";

/** Signing out. */
export const signOut = defineOperation({
  id: "signOut",
  method: "POST",
  path: "/api/v1/auth/logout",
  tag: "Sign-in",
  summary: "Ends this session, if there is one, and clears the cookies",
  access: "exempt",
  answers: { 200: done },
  codes: [],
});

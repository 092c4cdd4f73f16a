/**
 * Ending all of one's other sessions.
 *
 * @module
 */

import { defineOperation } from "../operation.ts";

/** Ending all of one's other sessions. */
export const endOtherSessions = defineOperation({
  id: "endOtherSessions",
  method: "DELETE",
  path: "/api/v1/auth/sessions",
  tag: "Account",
  summary: "Ends all of the caller's sessions but this one",
  access: "user",
  answers: { 204: null },
  codes: [],
});

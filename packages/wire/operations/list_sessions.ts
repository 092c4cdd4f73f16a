/**
 * One's own sessions.
 *
 * @module
 */

import { defineOperation } from "../operation.ts";
import { pageOf, pageQuery } from "../shapes/page.ts";
import { session } from "../shapes/session.ts";

/** One's own sessions. */
export const listSessions = defineOperation({
  id: "listSessions",
  method: "GET",
  path: "/api/v1/auth/sessions",
  tag: "Account",
  summary: "Lists the caller's own sessions, newest first",
  access: "user",
  query: pageQuery,
  answers: { 200: pageOf(session) },
  codes: [],
});

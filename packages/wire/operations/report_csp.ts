/**
 * Reports of what a page was kept from doing.
 *
 * @module
 */

import { defineOperation } from "../operation.ts";

/** Reports of what a page was kept from doing. */
export const reportCsp = defineOperation({
  id: "reportCsp",
  method: "POST",
  path: "/api/v1/csp-report",
  tag: "Operation",
  summary: "Takes reports of violated content security policies, in both formats",
  access: "exempt",
  rawBody: ["application/csp-report", "application/reports+json", "application/json"],
  answers: { 204: null },
  codes: ["unsupported_media_type", "invalid_json"],
});

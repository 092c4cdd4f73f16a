/**
 * Being able to serve.
 *
 * @module
 */

import { defineOperation } from "../operation.ts";
import { readiness } from "../shapes/readiness.ts";

/** Being able to serve. */
export const getReadiness = defineOperation({
  id: "getReadiness",
  method: "GET",
  path: "/readyz",
  tag: "Operation",
  summary:
    "Tells whether the process can serve, check by check; 503 with the same body where it cannot",
  access: "public",
  answers: { 200: readiness, 503: readiness },
  codes: [],
});

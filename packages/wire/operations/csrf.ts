/**
 * The CSRF pair.
 *
 * @module
 */

import { z } from "zod";
import { defineOperation } from "../operation.ts";

/** The CSRF pair. */
export const getCsrf = defineOperation({
  id: "getCsrf",
  method: "GET",
  path: "/api/v1/auth/csrf",
  tag: "Sign-in",
  summary: "Hands out the CSRF token, in the answer and as a cookie",
  access: "public",
  answers: { 200: z.object({ csrfToken: z.string() }) },
  codes: [],
});

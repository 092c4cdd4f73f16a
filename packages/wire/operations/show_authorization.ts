/**
 * The page on which an administrator lets a console in.
 *
 * @module
 */

import { z } from "zod";
import { defineOperation } from "../operation.ts";
import { authorizationFields } from "./_authorization_fields.ts";

/** The page on which an administrator lets a console in. */
export const showAuthorization = defineOperation({
  id: "showAuthorization",
  method: "GET",
  path: "/oauth/authorize",
  tag: "Administration",
  summary: "Asks an administrator whether to let a console in, after signing in",
  access: "public",
  rawQuery: z.object(authorizationFields),
  answers: { 200: z.string(), 302: null, 400: z.string(), 403: z.string() },
  answerType: "text/html",
  codes: [],
});

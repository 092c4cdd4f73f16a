/**
 * An administrator's answer to a console.
 *
 * @module
 */

import { z } from "zod";
import { defineOperation } from "../operation.ts";
import { authorizationFields } from "./_authorization_fields.ts";

/** An administrator's answer to a console. */
export const decideAuthorization = defineOperation({
  id: "decideAuthorization",
  method: "POST",
  path: "/oauth/authorize",
  tag: "Administration",
  summary: "Lets a console in or turns it away; from a page of PUBLIC_URL's own origin alone",
  access: "pair",
  body: z.object({
    ...authorizationFields,
    max_age: z.union([authorizationFields.max_age, z.int()]),
    decision: z.enum(["allow", "deny"]),
    user_id: z.string().optional().meta({ description: "Whom the page showed as signed in" }),
  }),
  answers: { 200: z.object({ redirect_to: z.string() }) },
  codes: [
    "unauthenticated",
    "forbidden",
    "step_up_required",
    "password_change_required",
    "conflict",
  ],
});

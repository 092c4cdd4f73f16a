/**
 * Judging a password while it is being chosen.
 *
 * @module
 */

import { z } from "zod";
import { defineOperation } from "../operation.ts";
import { fieldProblem } from "../problem.ts";
import { newPasswordField } from "../shapes/fields.ts";

/** Judging a password while it is being chosen. */
export const checkPassword = defineOperation({
  id: "checkPassword",
  method: "POST",
  path: "/api/v1/auth/password/check",
  tag: "Sign-in",
  summary: "Tells which rules a new password does not meet; nothing is kept",
  access: "public",
  body: z.object({
    password: newPasswordField,
    username: z.string().nullish(),
    email: z.string().nullish(),
    name: z.string().nullish(),
    token: z.string().nullish().meta({
      description: "Of a link that sets a new password: whose account it is for counts then",
    }),
  }),
  answers: { 200: z.object({ failures: z.array(fieldProblem.omit({ path: true })) }) },
  codes: [],
});

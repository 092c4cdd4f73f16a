/**
 * Setting a new password by link.
 *
 * @module
 */

import { z } from "zod";
import { defineOperation } from "../operation.ts";
import { newPasswordField } from "../shapes/fields.ts";
import { done } from "../shapes/status.ts";

/** Setting a new password by link. */
export const resetPassword = defineOperation({
  id: "resetPassword",
  method: "POST",
  path: "/api/v1/auth/password/reset",
  tag: "Sign-in",
  summary: "Spends a link, sets the password and ends every session; signs nobody in",
  access: "public",
  body: z.object({ token: z.string(), new_password: newPasswordField }),
  answers: { 200: done },
  codes: ["invalid_token", "busy"],
});

/**
 * Changing one's password.
 *
 * @module
 */

import { z } from "zod";
import { defineOperation } from "../operation.ts";
import { newPasswordField } from "../shapes/fields.ts";
import { done } from "../shapes/status.ts";

/** Changing one's password. */
export const changePassword = defineOperation({
  id: "changePassword",
  method: "POST",
  path: "/api/v1/auth/password/change",
  tag: "Account",
  summary: "Changes the password, ends every other session and voids outstanding links",
  access: "user",
  body: z.object({ current_password: z.string(), new_password: newPasswordField }),
  answers: { 200: done },
  codes: ["wrong_password", "busy"],
});

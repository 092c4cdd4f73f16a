/**
 * Changing one's address.
 *
 * @module
 */

import { z } from "zod";
import { defineOperation } from "../operation.ts";
import { emailField } from "../shapes/fields.ts";
import { verificationSent } from "../shapes/status.ts";

/** Changing one's address. */
export const changeEmail = defineOperation({
  id: "changeEmail",
  method: "POST",
  path: "/api/v1/auth/email/change",
  tag: "Account",
  summary: "Asks for another address, which confirms itself by a link in a mail",
  access: "user",
  body: z.object({ email: emailField, current_password: z.string().nullish() }),
  answers: { 202: verificationSent },
  codes: ["wrong_password", "step_up_required", "busy"],
});

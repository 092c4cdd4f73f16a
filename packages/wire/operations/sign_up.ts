/**
 * Making an account.
 *
 * @module
 */

import { z } from "zod";
import { defineOperation } from "../operation.ts";
import { emailField, nameField, newPasswordField, usernameField } from "../shapes/fields.ts";
import { verificationSent } from "../shapes/status.ts";

/** Making an account. */
export const signUp = defineOperation({
  id: "signUp",
  method: "POST",
  path: "/api/v1/auth/signup",
  tag: "Sign-in",
  summary: "Asks for an account; the address proves itself by a link in a mail",
  access: "pair",
  body: z.object({
    email: emailField,
    username: usernameField,
    password: newPasswordField,
    name: nameField.nullish(),
  }),
  answers: { 202: verificationSent },
  codes: ["signup_closed", "busy", "invalid_request"],
});

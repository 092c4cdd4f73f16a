/**
 * Becoming an owner by a link that the server printed.
 *
 * @module
 */

import { z } from "zod";
import { ADMIN_PASSWORD_MIN_LENGTH, PASSWORD_MAX_LENGTH } from "../credentials.ts";
import { defineOperation } from "../operation.ts";
import { emailField, nameField, newPasswordField, usernameField } from "../shapes/fields.ts";
import { user } from "../shapes/user.ts";

/** Becoming an owner. */
export const setUp = defineOperation({
  id: "setUp",
  method: "POST",
  path: "/setup",
  tag: "Administration",
  summary: "Spends a setup link: makes an owner and signs in",
  access: "pair",
  body: z.object({
    token: z.string(),
    email: emailField,
    username: usernameField,
    password: newPasswordField.meta({
      minLength: ADMIN_PASSWORD_MIN_LENGTH,
      maxLength: PASSWORD_MAX_LENGTH,
    }),
    name: nameField.nullish(),
  }),
  answers: { 201: z.object({ user }) },
  codes: ["invalid_token", "busy", "invalid_request"],
});

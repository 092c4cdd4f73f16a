/**
 * Making an account by an invitation.
 *
 * @module
 */

import { z } from "zod";
import { defineOperation } from "../operation.ts";
import { nameField, newPasswordField, usernameField } from "../shapes/fields.ts";
import { user } from "../shapes/user.ts";

/** Making an account by an invitation. */
export const acceptInvitation = defineOperation({
  id: "acceptInvitation",
  method: "POST",
  path: "/api/v1/auth/accept-invitation",
  tag: "Sign-in",
  summary: "Spends an invitation: makes an account for its address and signs in",
  access: "pair",
  body: z.object({
    token: z.string(),
    username: usernameField,
    password: newPasswordField,
    name: nameField.nullish(),
  }),
  answers: { 201: z.object({ user }) },
  codes: ["invalid_token", "username_taken", "busy", "invalid_request"],
});

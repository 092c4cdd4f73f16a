/**
 * Proving an address.
 *
 * @module
 */

import { z } from "zod";
import { defineOperation } from "../operation.ts";
import { usernameField } from "../shapes/fields.ts";
import { user } from "../shapes/user.ts";

/** Proving an address. */
export const verifyEmail = defineOperation({
  id: "verifyEmail",
  method: "POST",
  path: "/api/v1/auth/verify-email",
  tag: "Sign-in",
  summary: "Spends a verification link: makes the account and signs in, or confirms a new address",
  access: "public",
  body: z.object({
    token: z.string(),
    password: z.string().nullish(),
    username: usernameField.nullish(),
  }),
  answers: { 200: z.object({ user }) },
  codes: [
    "invalid_token",
    "confirm_password",
    "username_taken",
    "signup_closed",
    "conflict",
    "busy",
  ],
});

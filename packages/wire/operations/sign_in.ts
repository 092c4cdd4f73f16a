/**
 * Signing in with a password, in a browser.
 *
 * @module
 */

import { z } from "zod";
import { defineOperation } from "../operation.ts";
import { mfaRequired } from "../shapes/status.ts";
import { user } from "../shapes/user.ts";
import { credentialsBody } from "./_credentials_body.ts";

/** Signing in with a password, in a browser. */
export const signIn = defineOperation({
  id: "signIn",
  method: "POST",
  path: "/api/v1/auth/login",
  tag: "Sign-in",
  summary: "Signs in and sets the four cookies",
  access: "pair",
  body: credentialsBody,
  answers: { 200: z.union([z.object({ user }), mfaRequired]) },
  codes: ["invalid_credentials", "email_unverified", "blocked", "password_change_required", "busy"],
});

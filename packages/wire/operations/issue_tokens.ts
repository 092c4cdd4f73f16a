/**
 * Signing in with a password, without cookies.
 *
 * @module
 */

import { z } from "zod";
import { defineOperation } from "../operation.ts";
import { mfaRequired } from "../shapes/status.ts";
import { tokens } from "../shapes/tokens.ts";
import { user } from "../shapes/user.ts";
import { credentialsBody } from "./_credentials_body.ts";

/** Signing in with a password, without cookies. */
export const issueTokens = defineOperation({
  id: "issueTokens",
  method: "POST",
  path: "/api/v1/auth/token",
  tag: "Tokens",
  summary: "Signs in and answers with a pair of tokens",
  access: "public",
  body: credentialsBody,
  answers: { 200: z.union([tokens.extend({ user }), mfaRequired]) },
  codes: ["invalid_credentials", "email_unverified", "blocked", "password_change_required", "busy"],
});

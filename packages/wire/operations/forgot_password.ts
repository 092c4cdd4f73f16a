/**
 * Asking for a new password.
 *
 * @module
 */

import { z } from "zod";
import { defineOperation } from "../operation.ts";
import { done } from "../shapes/status.ts";

/** Asking for a new password. */
export const forgotPassword = defineOperation({
  id: "forgotPassword",
  method: "POST",
  path: "/api/v1/auth/password/forgot",
  tag: "Sign-in",
  summary: "Sends a link that sets a new password, if the address has an account",
  access: "public",
  body: z.object({ email: z.string() }),
  answers: { 202: done },
  codes: [],
});

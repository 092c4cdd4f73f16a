/**
 * Taking an address back.
 *
 * @module
 */

import { z } from "zod";
import { defineOperation } from "../operation.ts";
import { done } from "../shapes/status.ts";

/** Taking an address back. */
export const undoEmailChange = defineOperation({
  id: "undoEmailChange",
  method: "POST",
  path: "/api/v1/auth/email/undo",
  tag: "Account",
  summary: "Takes an address back by the link sent to it, and ends every session",
  access: "public",
  body: z.object({ token: z.string() }),
  answers: { 200: done },
  codes: ["invalid_token", "conflict"],
});

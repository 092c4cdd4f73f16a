/**
 * Ending one of one's sessions.
 *
 * @module
 */

import { z } from "zod";
import { defineOperation } from "../operation.ts";

/** Ending one of one's sessions. */
export const endSession = defineOperation({
  id: "endSession",
  method: "DELETE",
  path: "/api/v1/auth/sessions/:id",
  tag: "Account",
  summary: "Ends one of the caller's own sessions",
  access: "user",
  params: z.object({ id: z.string() }),
  answers: { 204: null },
  codes: ["not_found"],
});

/**
 * Changing a refresh token for the next pair.
 *
 * @module
 */

import { z } from "zod";
import { defineOperation } from "../operation.ts";
import { tokens } from "../shapes/tokens.ts";

/** Changing a refresh token for the next pair. */
export const refresh = defineOperation({
  id: "refresh",
  method: "POST",
  path: "/api/v1/auth/refresh",
  tag: "Tokens",
  summary: "Changes a refresh token, from the cookie or the body, for the next pair, in kind",
  access: "refresh",
  body: z.object({ refresh_token: z.string().nullish() }),
  answers: { 200: z.union([tokens, z.object({ expires_in: z.int() })]) },
  codes: ["unauthenticated", "invalid_token", "token_expired", "session_ended"],
});

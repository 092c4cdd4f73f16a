/**
 * A provider's access token.
 *
 * @module
 */

import { z } from "zod";
import { defineOperation } from "../operation.ts";
import { timestamp } from "../shapes/timestamp.ts";

/** A provider's access token. */
export const getAccountToken = defineOperation({
  id: "getAccountToken",
  method: "GET",
  path: "/api/v1/auth/accounts/:id/token",
  tag: "Providers",
  summary: "Hands out a fresh access token of a linked account; needs a recent sign-in",
  access: "user",
  params: z.object({ id: z.string() }),
  answers: {
    200: z.object({
      access_token: z.string(),
      expires_at: timestamp.nullable(),
      scopes: z.array(z.string()),
    }),
  },
  codes: ["not_found", "step_up_required", "provider_disabled", "provider_error"],
});

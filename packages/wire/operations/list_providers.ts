/**
 * Providers to sign in with.
 *
 * @module
 */

import { z } from "zod";
import { defineOperation } from "../operation.ts";

/** Providers to sign in with. */
export const listProviders = defineOperation({
  id: "listProviders",
  method: "GET",
  path: "/api/v1/auth/providers",
  tag: "Sign-in",
  summary: "Lists the providers that are switched on, for the sign-in page",
  access: "public",
  answers: {
    200: z.object({
      items: z.array(
        z.object({ id: z.string(), kind: z.string(), name: z.string(), login_url: z.string() }),
      ),
      next: z.string().nullable(),
    }),
  },
  codes: [],
});

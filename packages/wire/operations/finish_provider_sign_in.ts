/**
 * Coming back from a provider.
 *
 * @module
 */

import { z } from "zod";
import { defineOperation } from "../operation.ts";

/** Coming back from a provider. */
export const finishProviderSignIn = defineOperation({
  id: "finishProviderSignIn",
  method: "GET",
  path: "/accounts/:provider/login/callback",
  tag: "Providers",
  summary: "Signs in, signs up or links, and goes on; where that fails, to /login?error=<code>",
  access: "public",
  params: z.object({ provider: z.string() }),
  query: z.object({
    state: z.string().optional(),
    code: z.string().optional(),
    error: z.string().optional(),
    iss: z.string().optional(),
  }),
  answers: { 302: null },
  codes: [],
});

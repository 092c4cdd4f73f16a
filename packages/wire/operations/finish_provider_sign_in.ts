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
  // Somebody stands before a browser: what says a thing twice is sent to a page, too, and told in words there.
  rawQuery: z.object({
    state: z.string().optional(),
    code: z.string().optional(),
    error: z.string().optional(),
    iss: z.string().optional(),
  }),
  answers: { 302: null },
  codes: [],
});

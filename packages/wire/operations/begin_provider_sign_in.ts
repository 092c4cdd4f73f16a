/**
 * Going to a provider to sign in.
 *
 * @module
 */

import { z } from "zod";
import { defineOperation } from "../operation.ts";

/** Going to a provider to sign in. */
export const beginProviderSignIn = defineOperation({
  id: "beginProviderSignIn",
  method: "GET",
  path: "/accounts/:provider/login",
  tag: "Providers",
  summary: "Sends the browser to the provider; next says where to go afterwards",
  access: "public",
  params: z.object({ provider: z.string() }),
  query: z.object({ next: z.string().max(2_048).optional() }),
  answers: { 302: null },
  codes: ["not_found"],
});

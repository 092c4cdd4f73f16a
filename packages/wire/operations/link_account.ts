/**
 * Linking a provider account.
 *
 * @module
 */

import { z } from "zod";
import { defineOperation } from "../operation.ts";

/** Linking a provider account. */
export const linkAccount = defineOperation({
  id: "linkAccount",
  method: "POST",
  path: "/api/v1/auth/accounts/:provider/link",
  tag: "Providers",
  summary: "Begins to link an account; the browser that asks goes to url",
  access: "user",
  params: z.object({ provider: z.string() }),
  query: z.object({ next: z.string().max(2_048).optional() }),
  answers: { 200: z.object({ url: z.string() }) },
  codes: ["not_found", "provider_disabled", "provider_error"],
});

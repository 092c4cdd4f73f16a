/**
 * Public keys.
 *
 * @module
 */

import { z } from "zod";
import { defineOperation } from "../operation.ts";

/** Public keys. */
export const getKeySet = defineOperation({
  id: "getKeySet",
  method: "GET",
  path: "/.well-known/jwks.json",
  tag: "Tokens",
  summary: "Public keys that verify access tokens (RFC 7517)",
  access: "public",
  answers: { 200: z.object({ keys: z.array(z.record(z.string(), z.unknown())) }) },
  codes: [],
});

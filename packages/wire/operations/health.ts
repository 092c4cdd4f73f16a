/**
 * Being alive.
 *
 * @module
 */

import { z } from "zod";
import { defineOperation } from "../operation.ts";

/** Being alive. */
export const getHealth = defineOperation({
  id: "getHealth",
  method: "GET",
  path: "/healthz",
  tag: "Operation",
  summary: "Tells that the process is alive",
  access: "public",
  answers: { 200: z.object({ status: z.literal("ok") }) },
  codes: [],
});

/**
 * This description.
 *
 * @module
 */

import { z } from "zod";
import { defineOperation } from "../operation.ts";

/** This description. */
export const getDescription = defineOperation({
  id: "getDescription",
  method: "GET",
  path: "/api/v1/openapi.json",
  tag: "Operation",
  summary: "This description, as OpenAPI 3.1",
  access: "public",
  answers: { 200: z.record(z.string(), z.unknown()) },
  codes: [],
});

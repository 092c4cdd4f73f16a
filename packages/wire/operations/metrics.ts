/**
 * Figures.
 *
 * @module
 */

import { z } from "zod";
import { defineOperation } from "../operation.ts";

/** Figures. */
export const getMetrics = defineOperation({
  id: "getMetrics",
  method: "GET",
  path: "/metrics",
  tag: "Operation",
  summary: "Figures in Prometheus' text format",
  access: "public",
  answers: { 200: z.string() },
  answerType: "text/plain",
  codes: [],
});

/**
 * Coming back from a provider that posts its answer.
 *
 * @module
 */

import { z } from "zod";
import { defineOperation } from "../operation.ts";

/** Coming back from a provider that posts its answer. */
export const receiveProviderAnswer = defineOperation({
  id: "receiveProviderAnswer",
  method: "POST",
  path: "/accounts/:provider/login/callback",
  tag: "Providers",
  summary: "Takes an answer that a provider posts (form_post), and sends the browser on to the GET",
  access: "exempt",
  params: z.object({ provider: z.string() }),
  rawBody: ["application/x-www-form-urlencoded"],
  answers: { 303: null },
  codes: ["unsupported_media_type", "invalid_request"],
});

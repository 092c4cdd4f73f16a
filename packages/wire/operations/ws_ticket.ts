/**
 * Tickets for the WebSocket.
 *
 * @module
 */

import { z } from "zod";
import { defineOperation } from "../operation.ts";

/** Tickets for the WebSocket. */
export const issueTicket = defineOperation({
  id: "issueTicket",
  method: "POST",
  path: "/api/v1/auth/ws-ticket",
  tag: "Tokens",
  summary: "Hands out a ticket that opens one WebSocket, from this Origin, within a minute",
  access: "user",
  answers: { 200: z.object({ ticket: z.string(), expires_in: z.int() }) },
  codes: [],
});

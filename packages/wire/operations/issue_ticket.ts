/**
 * A ticket for opening a WebSocket.
 *
 * @module
 */

import { z } from "zod";
import { defineOperation } from "../operation.ts";

/** A ticket for opening a WebSocket. */
export const issueTicket = defineOperation({
  id: "issueTicket",
  method: "POST",
  path: "/api/v1/auth/ws-ticket",
  tag: "Chat",
  summary: "Gives a ticket that opens one WebSocket, for this session and Origin",
  access: "user",
  answers: { 200: z.object({ ticket: z.string(), expires_in: z.int() }) },
  codes: [],
});

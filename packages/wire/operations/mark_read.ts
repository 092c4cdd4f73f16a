/**
 * Marking a conversation as read.
 *
 * @module
 */

import { z } from "zod";
import { defineOperation } from "../operation.ts";
import { conversationId } from "./_conversation_fields.ts";

/** Marking a conversation as read. */
export const markRead = defineOperation({
  id: "markRead",
  method: "POST",
  path: "/api/v1/conversations/:id/read",
  tag: "Chat",
  summary: "Says up to where the caller has read; it never goes back",
  access: "user",
  params: conversationId,
  body: z.object({ seq: z.int().min(0) }),
  answers: { 200: z.object({ read_seq: z.int(), unread: z.int() }) },
  codes: ["not_found"],
});

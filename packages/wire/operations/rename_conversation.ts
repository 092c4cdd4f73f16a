/**
 * Renaming a conversation.
 *
 * @module
 */

import { z } from "zod";
import { defineOperation } from "../operation.ts";
import { conversation } from "../shapes/conversation.ts";
import { conversationId, titleField } from "./_conversation_fields.ts";

/** Renaming a conversation. */
export const renameConversation = defineOperation({
  id: "renameConversation",
  method: "PATCH",
  path: "/api/v1/conversations/:id",
  tag: "Chat",
  summary: "Renames a conversation; any member may",
  access: "user",
  params: conversationId,
  body: z.object({ title: titleField }),
  answers: { 200: conversation },
  codes: ["not_found"],
});

/**
 * One conversation.
 *
 * @module
 */

import { defineOperation } from "../operation.ts";
import { conversation } from "../shapes/conversation.ts";
import { conversationId } from "./_conversation_fields.ts";

/** One conversation. */
export const getConversation = defineOperation({
  id: "getConversation",
  method: "GET",
  path: "/api/v1/conversations/:id",
  tag: "Chat",
  summary: "Shows a conversation of the caller, with its members",
  access: "user",
  params: conversationId,
  answers: { 200: conversation },
  codes: ["not_found"],
});

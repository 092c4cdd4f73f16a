/**
 * Leaving a conversation.
 *
 * @module
 */

import { defineOperation } from "../operation.ts";
import { conversationId } from "./_conversation_fields.ts";

/** Leaving a conversation. */
export const leaveConversation = defineOperation({
  id: "leaveConversation",
  method: "DELETE",
  path: "/api/v1/conversations/:id",
  tag: "Chat",
  summary: "Leaves a conversation; with its last member it ends",
  access: "user",
  params: conversationId,
  answers: { 204: null },
  codes: ["not_found"],
});

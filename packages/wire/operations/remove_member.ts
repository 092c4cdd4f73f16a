/**
 * Removing a member of a conversation.
 *
 * @module
 */

import { z } from "zod";
import { defineOperation } from "../operation.ts";
import { conversationId } from "./_conversation_fields.ts";

/** Removing a member of a conversation. */
export const removeMember = defineOperation({
  id: "removeMember",
  method: "DELETE",
  path: "/api/v1/conversations/:id/members/:userId",
  tag: "Chat",
  summary: "Removes a member; only the conversation's maker may, bar oneself",
  access: "user",
  params: conversationId.extend({ userId: z.string() }),
  answers: { 204: null },
  codes: ["not_found", "forbidden"],
});

/**
 * Adding members to a conversation.
 *
 * @module
 */

import { z } from "zod";
import { defineOperation } from "../operation.ts";
import { conversation } from "../shapes/conversation.ts";
import { conversationId, usernamesField } from "./_conversation_fields.ts";

/** Adding members to a conversation. */
export const addMembers = defineOperation({
  id: "addMembers",
  method: "POST",
  path: "/api/v1/conversations/:id/members",
  tag: "Chat",
  summary: "Adds members to a conversation; any member may",
  access: "user",
  params: conversationId,
  body: z.object({ members: usernamesField }),
  answers: { 200: conversation },
  codes: ["not_found"],
});

/**
 * Starting a conversation.
 *
 * @module
 */

import { z } from "zod";
import { defineOperation } from "../operation.ts";
import { conversation } from "../shapes/conversation.ts";
import { titleField, usernamesField } from "./_conversation_fields.ts";

/** Starting a conversation. */
export const createConversation = defineOperation({
  id: "createConversation",
  method: "POST",
  path: "/api/v1/conversations",
  tag: "Chat",
  summary: "Starts a conversation; its maker is a member",
  access: "user",
  body: z.object({ title: titleField, members: usernamesField }),
  answers: { 201: conversation },
  codes: [],
});

/**
 * One's own conversations.
 *
 * @module
 */

import { defineOperation } from "../operation.ts";
import { conversationSummary } from "../shapes/conversation.ts";
import { pageOf, pageQuery } from "../shapes/page.ts";

/** One's own conversations. */
export const listConversations = defineOperation({
  id: "listConversations",
  method: "GET",
  path: "/api/v1/conversations",
  tag: "Chat",
  summary: "Lists the caller's conversations, the latest active first",
  access: "user",
  query: pageQuery,
  answers: { 200: pageOf(conversationSummary) },
  codes: [],
});

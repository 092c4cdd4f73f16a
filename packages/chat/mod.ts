/**
 * Rules and use cases of conversations and their messages.
 *
 * @module
 */

export { addMembers, removeMember, renameConversation } from "./change_conversation.ts";
export type {
  ChatStore,
  History,
  HistoryRequest,
  NewMessage,
  Posted,
} from "./chat_store.ts";
export type {
  Conversation,
  ConversationId,
  ConversationWithMembers,
  Member,
  Message,
} from "./conversation.ts";
export { createConversation, type HasChat } from "./create_conversation.ts";
export { issueTicket, spendTicket } from "./issue_ticket.ts";

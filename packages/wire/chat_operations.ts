/**
 * The calls about conversations, which the server does not answer yet: they are described here only.
 *
 * They join `OPERATIONS`, and so the description of the interface, when they are routed.
 *
 * @module
 */

import type { Operation } from "./operation.ts";
import { addMembers } from "./operations/add_members.ts";
import { createConversation } from "./operations/create_conversation.ts";
import { getConversation } from "./operations/get_conversation.ts";
import { issueTicket } from "./operations/issue_ticket.ts";
import { leaveConversation } from "./operations/leave_conversation.ts";
import { listConversations } from "./operations/list_conversations.ts";
import { markRead } from "./operations/mark_read.ts";
import { removeMember } from "./operations/remove_member.ts";
import { renameConversation } from "./operations/rename_conversation.ts";

/** All calls about conversations, by id. */
export const CHAT_OPERATIONS = {
  issueTicket,
  createConversation,
  listConversations,
  getConversation,
  renameConversation,
  leaveConversation,
  addMembers,
  removeMember,
  markRead,
} as const satisfies Record<string, Operation>;

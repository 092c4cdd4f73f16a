/**
 * A conversation, as a member of it sees it.
 *
 * @module
 */

import type { Conversation, ConversationId, ConversationWithMembers } from "@postern/chat";
import { isUuid } from "@postern/std";
import type { Conversation as ConversationShape, ConversationSummary } from "@postern/wire";
import { memberShape, messageShape } from "../chat/message_shape.ts";
import { timestampOf } from "./_user_shape.ts";

/** Takes what stands in a path for an id; null where it is none. */
export function conversationIdOf(text: string): ConversationId | null {
  return isUuid(text) ? (text as ConversationId) : null;
}

/** The shape of a conversation in a list. */
export function summaryShape(conversation: Conversation): ConversationSummary {
  const { id, title, madeBy, seq, readSeq, memberCount, lastMessage } = conversation;
  return {
    id,
    title,
    made_by: String(madeBy),
    created_at: timestampOf(conversation.createdAt),
    active_at: timestampOf(conversation.activeAt),
    member_count: memberCount,
    seq,
    read_seq: readSeq,
    unread: seq - readSeq,
    last_message: lastMessage === null ? null : messageShape(lastMessage),
  };
}

/** The shape of a conversation with its members. */
export function conversationShape(conversation: ConversationWithMembers): ConversationShape {
  return { ...summaryShape(conversation), members: conversation.members.map(memberShape) };
}

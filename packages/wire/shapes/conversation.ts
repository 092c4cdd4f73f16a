/**
 * A conversation, as a member of it sees it.
 *
 * @module
 */

import { z } from "zod";
import { chatMessage } from "../chat/chat_message.ts";
import { chatUser } from "../chat/chat_user.ts";
import { timestamp } from "./timestamp.ts";

/** A conversation in a list. */
export const conversationSummary = z.object({
  id: z.string(),
  title: z.string(),
  /** Id of the user who started it, and may remove members; not always one of them any more. */
  made_by: z.string(),
  created_at: timestamp,
  /** Of the newest message, or when it was made. */
  active_at: timestamp,
  member_count: z.int(),
  /** Of the newest message; 0 where there is none. */
  seq: z.int(),
  /** Up to where the caller has read. */
  read_seq: z.int(),
  /** How many messages came after that. */
  unread: z.int(),
  last_message: chatMessage.nullable(),
});

/** A conversation in a list. */
export type ConversationSummary = z.infer<typeof conversationSummary>;

/** A conversation with its members. */
export const conversation = conversationSummary.extend({ members: z.array(chatUser) });

/** A conversation with its members. */
export type Conversation = z.infer<typeof conversation>;

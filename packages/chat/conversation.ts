/**
 * Conversations, their members and messages.
 *
 * @module
 */

import type { UserId } from "@postern/auth";
import type { EpochMs, Id } from "@postern/std";

/** Names a conversation. */
export type ConversationId = Id<"conversation">;

/** A user, as other members see it. */
export interface Member {
  readonly id: UserId;
  readonly username: string;
}

/** A message, as it is stored. */
export interface Message {
  /** Rises by one within a conversation, from 1. */
  readonly seq: number;
  /** The id that its author's client chose. */
  readonly clientId: string;
  readonly author: Member;
  readonly text: string;
  readonly at: EpochMs;
}

/** A conversation, as one of its members sees it. */
export interface Conversation {
  readonly id: ConversationId;
  readonly title: string;
  readonly madeBy: UserId;
  readonly createdAt: EpochMs;
  /** When the newest message was stored, or when it was made. */
  readonly activeAt: EpochMs;
  /** Of the newest message; 0 where there is none. */
  readonly seq: number;
  /** Up to where the member has read. */
  readonly readSeq: number;
  readonly memberCount: number;
  readonly lastMessage: Message | null;
}

/** A conversation with its members. */
export interface ConversationWithMembers extends Conversation {
  readonly members: readonly Member[];
}

/**
 * The port to the storage of conversations.
 *
 * Each method that writes is one transaction. None has an event: what members do among themselves is
 * not what an administrator audits.
 *
 * @module
 */

import type { Page, PageRequest, SessionId, UserId } from "@postern/auth";
import type { EpochMs } from "@postern/std";
import type {
  Conversation,
  ConversationId,
  ConversationWithMembers,
  Member,
  Message,
} from "./conversation.ts";

/** A conversation that is not there yet. */
export interface NewConversation {
  readonly id: ConversationId;
  readonly title: string;
  readonly madeBy: UserId;
  readonly members: readonly UserId[];
  readonly at: EpochMs;
}

/** A message that is not stored yet. */
export interface NewMessage {
  readonly conversationId: ConversationId;
  readonly authorId: UserId;
  /** The session that it came by: one that has ended stores nothing. */
  readonly sessionId: SessionId;
  readonly clientId: string;
  readonly text: string;
  readonly at: EpochMs;
}

/** What became of a message. `known`: it was stored before, by the same id of the same author. */
export type Posted =
  | {
      readonly code: "stored" | "known";
      readonly seq: number;
      readonly at: EpochMs;
      /** The author's, as it is by now. */
      readonly username: string;
    }
  | { readonly code: "not_a_member" | "session_ended" };

/** Which messages of a conversation; without bounds the newest. */
export interface HistoryRequest {
  readonly conversationId: ConversationId;
  readonly after?: number | undefined;
  readonly before?: number | undefined;
  readonly limit: number;
}

/** Messages in ascending order. */
export interface History {
  readonly messages: readonly Message[];
  /** Whether there are more in the direction that was asked for. */
  readonly more: boolean;
}

/** A ticket that is not spent. */
export interface Ticket {
  readonly sessionId: SessionId;
  /** Origin of the page that asked for it; null: it named none. */
  readonly origin: string | null;
}

/** Keeps conversations. */
export interface ChatStore {
  /** Compared in lower case; whoever is not found is not among them. */
  findMembers(usernames: readonly string[]): Promise<readonly Member[]>;
  createConversation(conversation: NewConversation): Promise<void>;
  /** `null` for whoever is no member, and where there is none. */
  findConversation(id: ConversationId, reader: UserId): Promise<ConversationWithMembers | null>;
  /** The latest active first. */
  listConversations(reader: UserId, page: PageRequest): Promise<Page<Conversation>>;
  /** @returns `false` where `by` is no member by then. */
  renameConversation(id: ConversationId, title: string, by: UserId): Promise<boolean>;
  /**
   * Those who are members already stay as they are.
   *
   * @returns "full" where they would be over `max`, "not_a_member" where `by` is none by then.
   */
  addMembers(
    id: ConversationId,
    members: readonly UserId[],
    terms: { readonly at: EpochMs; readonly max: number; readonly by: UserId },
  ): Promise<"added" | "full" | "not_a_member">;
  /**
   * Announces `member_removed`. A conversation without members is gone, with its messages.
   *
   * @returns `false` where there was no such member.
   */
  removeMember(id: ConversationId, member: UserId): Promise<boolean>;
  /** Moves a read marker forward, never back and never past the newest message. @returns where it stands; null: no member. */
  markRead(id: ConversationId, reader: UserId, seq: number): Promise<number | null>;
  /** The newest message's number, for a member; null for anybody else. */
  findSeq(id: ConversationId, reader: UserId): Promise<number | null>;
  /** Which of the conversations have messages newer than the number given, and the newest's. */
  findNewer(known: Iterable<readonly [ConversationId, seq: number]>): Promise<readonly Newer[]>;
  /** Stores messages together with those that wait; resolves once it is on the disk. */
  postMessage(message: NewMessage): Promise<Posted>;
  readHistory(request: HistoryRequest): Promise<History>;
  keepTicket(ticketHash: string, ticket: Ticket, life: TicketLife): Promise<void>;
  /** Spends a ticket, once; null where it is unknown, spent or has run out. */
  takeTicket(ticketHash: string, now: EpochMs): Promise<Ticket | null>;
}

/** A conversation with messages that somebody does not know of, and the number of the newest. */
export type Newer = readonly [id: ConversationId, seq: number];

/** From when to when a ticket is good. */
export interface TicketLife {
  readonly at: EpochMs;
  readonly expiresAt: EpochMs;
}

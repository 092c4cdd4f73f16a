/**
 * Messages for tests.
 *
 * @module
 */

import type { ChatMessage, ChatUser } from "@postern/wire";

export const ANN: ChatUser = { id: "1", username: "ann" };
export const BOB: ChatUser = { id: "2", username: "bob" };

/** A message; what is not given is Bob's, of one minute after another. */
export function messageOf(seq: number, given: Partial<ChatMessage> = {}): ChatMessage {
  const at = new Date(Date.UTC(2026, 0, 15, 12, seq)).toISOString();
  return { seq, id: `id ${seq}`, user: BOB, text: `text ${seq}`, at, ...given };
}

/** Messages from one to another, both included. */
export function messagesOf(first: number, last: number): ChatMessage[] {
  return Array.from({ length: last - first + 1 }, (_, index) => messageOf(first + index));
}

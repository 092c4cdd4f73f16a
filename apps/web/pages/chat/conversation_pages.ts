/**
 * The list of conversations, changed by what a page learns before it asks again.
 *
 * @module
 */

import type { ChatMessage, ConversationSummary } from "@postern/wire";
import type { InfiniteData } from "@tanstack/react-query";

/** A page of the list, as it was answered. */
export interface ConversationPage {
  readonly items: readonly ConversationSummary[];
  readonly next: string | null;
}

/** The pages that were asked for. */
export type ConversationPages = InfiniteData<ConversationPage>;

/** All conversations of the pages; one that moved up while pages were asked for is there once. */
export function conversationsOf(pages: ConversationPages): readonly ConversationSummary[] {
  const listed = new Set<string>();
  return pages.pages.flatMap((page) =>
    page.items.filter(({ id }) => !listed.has(id) && listed.add(id)),
  );
}

/** A message that was just told, and whether it was seen at once. */
export interface NewestMessage {
  readonly message: ChatMessage;
  readonly isSeen: boolean;
}

/** Takes in the newest message of a conversation: that one comes first. The same where it is no news, or not listed. */
export function withNewest(
  pages: ConversationPages,
  id: string,
  { message, isSeen }: NewestMessage,
): ConversationPages {
  const known = conversationsOf(pages).find((item) => item.id === id);
  if (known === undefined || known.seq >= message.seq) return pages;
  const { seq, at } = message;
  const readSeq = isSeen ? seq : known.read_seq;
  const first = {
    ...known,
    seq,
    active_at: at,
    last_message: message,
    read_seq: readSeq,
    unread: seq - readSeq,
  };
  const rest = pages.pages.map((page) => ({
    ...page,
    items: page.items.filter((item) => item.id !== id),
  }));
  const [head, ...tail] = rest;
  if (head === undefined) return pages;
  return { ...pages, pages: [{ ...head, items: [first, ...head.items] }, ...tail] };
}

/** Takes in that a conversation was read up to a message. */
export function withRead(pages: ConversationPages, id: string, seq: number): ConversationPages {
  const read = (item: ConversationSummary) =>
    item.id === id && item.read_seq < seq
      ? { ...item, read_seq: seq, unread: Math.max(0, item.seq - seq) }
      : item;
  return {
    ...pages,
    pages: pages.pages.map((page) => ({ ...page, items: page.items.map(read) })),
  };
}

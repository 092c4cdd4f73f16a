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

/** Up to where conversations were read, by their ids. */
export type SeenSeqs = Readonly<Record<string, number>>;

/** Takes in what was read. An answer that was under way meanwhile may not know of it yet. */
export function withSeen<Item extends ConversationSummary>(item: Item, seen: SeenSeqs): Item {
  const seq = seen[item.id] ?? 0;
  if (seq <= item.read_seq) return item;
  return { ...item, read_seq: seq, unread: Math.max(0, item.seq - seq) };
}

/** Takes in what was read of all that are on a page. */
export function pageWithSeen(page: ConversationPage, seen: SeenSeqs): ConversationPage {
  return { ...page, items: page.items.map((item) => withSeen(item, seen)) };
}

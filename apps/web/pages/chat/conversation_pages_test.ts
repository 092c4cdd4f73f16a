import { expect, test } from "bun:test";
import type { ConversationSummary } from "@postern/wire";
import { messageOf } from "./_test_messages.ts";
import {
  type ConversationPages,
  conversationsOf,
  pageWithSeen,
  withNewest,
} from "./conversation_pages.ts";

function summaryOf(id: string): ConversationSummary {
  const at = "2026-01-01T00:00:00.000Z";
  return {
    id,
    title: `Title of ${id}`,
    made_by: "1",
    created_at: at,
    active_at: at,
    member_count: 2,
    seq: 4,
    read_seq: 3,
    unread: 1,
    last_message: messageOf(4),
  };
}

function pagesOf(...ids: string[][]): ConversationPages {
  return {
    pages: ids.map((page) => ({ items: page.map(summaryOf), next: "more" })),
    pageParams: ids.map(() => null),
  };
}

function order(pages: ConversationPages): string[] {
  return conversationsOf(pages).map(({ id }) => id);
}

test("withNewest() puts the conversation first, from whichever page, with one more unread", () => {
  const before = pagesOf(["a", "b"], ["c"]);
  const after = withNewest(before, "c", { message: messageOf(5), isSeen: false });
  expect(order(after)).toEqual(["c", "a", "b"]);
  expect(conversationsOf(after)[0]).toMatchObject({ seq: 5, unread: 2, last_message: { seq: 5 } });
  const seen = withNewest(before, "c", { message: messageOf(5), isSeen: true });
  expect(conversationsOf(seen)[0]).toMatchObject({ read_seq: 5, unread: 0 });
});

test("withNewest() changes nothing for an old message, or one of a conversation that is not listed", () => {
  const before = pagesOf(["a"], ["b"]);
  expect(withNewest(before, "b", { message: messageOf(4), isSeen: true })).toBe(before);
  expect(withNewest(before, "x", { message: messageOf(9), isSeen: true })).toBe(before);
});

test("pageWithSeen() moves markers forward, and never back", () => {
  const page = { items: ["a", "b"].map(summaryOf), next: null };
  const seen = pageWithSeen(page, { b: 4 });
  expect(seen.items).toMatchObject([{ unread: 1 }, { read_seq: 4, unread: 0 }]);
  expect(pageWithSeen(seen, { b: 2 }).items[1]).toMatchObject({ read_seq: 4, unread: 0 });
  // Of a message that this answer does not know of yet.
  expect(pageWithSeen(page, { a: 9 }).items[0]).toMatchObject({ read_seq: 9, unread: 0 });
});

test("conversationsOf() lists one that moved up between two pages once, where it came first", () => {
  expect(order(pagesOf(["b", "a"], ["b", "c"]))).toEqual(["b", "a", "c"]);
});

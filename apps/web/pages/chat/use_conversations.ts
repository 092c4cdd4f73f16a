/**
 * One's own conversations, a page at a time, kept and brought up to date.
 *
 * @module
 */

import type { ChatMessage, Conversation } from "@postern/wire";
import {
  type UseInfiniteQueryResult,
  type UseQueryResult,
  useInfiniteQuery,
  useQuery,
} from "@tanstack/react-query";
import { api, queries } from "../../browser/api.ts";
import { unwrap } from "../../browser/problem_error.ts";
import {
  type ConversationPages,
  pageWithSeen,
  type SeenSeqs,
  withNewest,
  withSeen,
} from "./conversation_pages.ts";

const CONVERSATIONS_KEY = ["conversations"] as const;

/** Under which is kept up to where one has read here; forgotten with the user. */
const SEEN_KEY = ["conversations seen"] as const;
const FIRST_PAGE: string | null = null;

/** How often the list is asked for while it is looked at, milliseconds. Other rooms have no connection here. */
const LIST_EVERY_MS = 5_000;

/** How often title and members are asked for, milliseconds: no frame tells that they changed. */
const ROOM_EVERY_MS = 15_000;

/** Asks for the first page, again and again, and for more when told to. */
export function useConversations(): UseInfiniteQueryResult<ConversationPages> {
  return useInfiniteQuery({
    queryKey: CONVERSATIONS_KEY,
    queryFn: async ({ pageParam }) =>
      pageWithSeen(await unwrap(api.listConversations(pageParam ?? undefined)), seenHere()),
    initialPageParam: FIRST_PAGE,
    getNextPageParam: (last) => last.next,
    refetchInterval: LIST_EVERY_MS,
    staleTime: 0,
  });
}

/** Asks for a conversation with its members. */
export function useConversation(id: string): UseQueryResult<Conversation> {
  return useQuery({
    queryKey: keyOf(id),
    queryFn: async () => withSeen(await unwrap(api.getConversation(id)), seenHere()),
    refetchInterval: ROOM_EVERY_MS,
    staleTime: 0,
    gcTime: 0,
  });
}

/** Keeps a conversation that a call has just answered with. */
export function noteConversation(conversation: Conversation): void {
  queries.setQueryData(keyOf(conversation.id), conversation);
  reloadConversations();
}

/** Asks anew for a conversation, since it seems to have changed. */
export function reloadConversation(id: string): void {
  void queries.invalidateQueries({ queryKey: keyOf(id) });
}

/** Asks anew for the list. */
export function reloadConversations(): void {
  void queries.invalidateQueries({ queryKey: CONVERSATIONS_KEY });
}

/** Takes in a message that a room was told. */
export function noteNewest(id: string, message: ChatMessage, isSeen: boolean): void {
  change((pages) => withNewest(pages, id, { message, isSeen }));
}

/** Takes in that a conversation was read up to a message, before the server knows. */
export function noteSeen(id: string, seq: number): void {
  if ((seenHere()[id] ?? 0) >= seq) return;
  const seen = { ...seenHere(), [id]: seq };
  queries.setQueryData<SeenSeqs>(SEEN_KEY, seen);
  change((pages) => ({ ...pages, pages: pages.pages.map((page) => pageWithSeen(page, seen)) }));
}

function seenHere(): SeenSeqs {
  return queries.getQueryData<SeenSeqs>(SEEN_KEY) ?? {};
}

function change(work: (pages: ConversationPages) => ConversationPages): void {
  queries.setQueryData<ConversationPages>(CONVERSATIONS_KEY, (pages) =>
    pages === undefined ? undefined : work(pages),
  );
}

function keyOf(id: string) {
  return ["conversation", id] as const;
}

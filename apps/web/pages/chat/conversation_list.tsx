/**
 * One's conversations, the latest active first.
 *
 * @module
 */

import { Button } from "@mantine/core";
import { TimeAgo } from "@postern/ui";
import type { ConversationSummary } from "@postern/wire";
import { useInfiniteQuery } from "@tanstack/react-query";
import { api } from "../../browser/api.ts";
import { PageLink } from "../../browser/page_link.tsx";
import { unwrap } from "../../browser/problem_error.ts";
import { ProblemPanel } from "../../layout/problem_panel.tsx";

/** Under which the list is kept. */
export const CONVERSATIONS_KEY = ["conversations"] as const;

/** How often the list is asked for while it is looked at, milliseconds. */
const LOOK_AGAIN_MS = 10_000;

/** Draws the list. */
export function ConversationList() {
  const list = useInfiniteQuery({
    queryKey: CONVERSATIONS_KEY,
    queryFn: ({ pageParam }) => unwrap(api.listConversations(pageParam)),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: LOOK_AGAIN_MS,
  });
  if (list.data === undefined) {
    if (list.error === null) return <p className="pt-chat-empty">Loading…</p>;
    return <ProblemPanel error={list.error} onRetry={() => void list.refetch()} />;
  }
  const items = list.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <p className="pt-chat-empty">You have no conversations yet.</p>;
  return (
    <>
      <ul className="pt-card pt-chat-list">
        {items.map((item) => (
          <ConversationRow key={item.id} conversation={item} />
        ))}
      </ul>
      {list.hasNextPage ? (
        <Button variant="default" onClick={() => void list.fetchNextPage()}>
          Show more
        </Button>
      ) : null}
    </>
  );
}

function ConversationRow({ conversation }: { readonly conversation: ConversationSummary }) {
  const { id, title, unread, last_message: last, active_at } = conversation;
  return (
    <li>
      <PageLink href={`/chat?conversation=${encodeURIComponent(id)}`} className="pt-chat-row">
        <strong>{title}</strong>
        {unread > 0 ? <span className="pt-chat-unread">{unread} unread</span> : null}
        <span className="pt-chat-last">
          {last === null ? "Nothing has been said yet" : `${last.user.username}: ${last.text}`}
        </span>
        <TimeAgo at={active_at} nowMs={Date.now()} />
      </PageLink>
    </li>
  );
}

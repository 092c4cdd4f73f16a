/**
 * One's conversations, the latest active first.
 *
 * @module
 */

import { Button } from "@mantine/core";
import type { ChatMessage, ConversationSummary } from "@postern/wire";
import { PageLink } from "../../browser/page_link.tsx";
import { ProblemPanel } from "../../layout/problem_panel.tsx";
import { conversationsOf } from "./conversation_pages.ts";
import { momentWords } from "./room_words.ts";
import { useConversations } from "./use_conversations.ts";

/** Most unread messages that are counted out. */
const UNREAD_MAX = 99;

/** What it is handed. */
export interface ConversationListProps {
  /** The one that is open beside it. */
  readonly openId: string | null;
  readonly userId: string;
}

/** Draws the list. */
export function ConversationList({ openId, userId }: ConversationListProps) {
  const list = useConversations();
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  if (data === undefined) {
    if (error === null) return <div role="status" aria-label="Loading your conversations" />;
    return (
      <div className="pt-pane-note">
        <ProblemPanel error={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  const items = conversationsOf(data);
  if (items.length === 0) {
    return (
      <p className="pt-pane-note">
        No conversations yet. Start one with anybody who has an account here.
      </p>
    );
  }
  return (
    <div className="pt-pane-scroll">
      <ul className="pt-conversations">
        {items.map((item) => (
          <ConversationRow
            key={item.id}
            conversation={item}
            isOpen={item.id === openId}
            userId={userId}
          />
        ))}
      </ul>
      {hasNextPage ? (
        <div className="pt-pane-more">
          <Button
            variant="default"
            size="sm"
            loading={isFetchingNextPage}
            onClick={() => void fetchNextPage()}
          >
            Show more
          </Button>
        </div>
      ) : null}
    </div>
  );
}

interface ConversationRowProps {
  readonly conversation: ConversationSummary;
  readonly isOpen: boolean;
  readonly userId: string;
}

function ConversationRow({ conversation, isOpen, userId }: ConversationRowProps) {
  const { id, title, unread, last_message: last, active_at: at } = conversation;
  return (
    <li>
      <PageLink
        href={roomPath(id)}
        className="pt-conversation"
        aria-current={isOpen ? "page" : undefined}
        data-unread={unread > 0 || undefined}
      >
        <span className="pt-conversation-title">{title}</span>
        <time className="pt-conversation-at" dateTime={at}>
          {momentWords(Date.parse(at), Date.now())}
        </time>
        <span className="pt-conversation-last">
          {last === null ? "Nothing has been said yet" : lastWords(last, userId)}
        </span>
        {unread > 0 ? (
          <span className="pt-unread">
            {unread > UNREAD_MAX ? `${UNREAD_MAX}+` : unread}
            <span className="pt-hidden"> unread</span>
          </span>
        ) : null}
      </PageLink>
    </li>
  );
}

function lastWords({ user, text }: ChatMessage, userId: string): string {
  return `${user.id === userId ? "You" : user.username}: ${text}`;
}

/** The address of a conversation. */
export function roomPath(id: string): string {
  return `/chat?${new URLSearchParams({ conversation: id })}`;
}

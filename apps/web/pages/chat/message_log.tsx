/**
 * The messages of a conversation, parted by days.
 *
 * @module
 */

import type { ChatMessage } from "@postern/wire";
import { useLayoutEffect } from "react";
import { splitLinks } from "./split_links.ts";
import type { Room } from "./use_room.ts";

/** Distance from the page's end within which one is taken to read the newest, pixels. */
const AT_END_PX = 240;

const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: "full" });
const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });

/** What it is handed. */
export interface MessageLogProps {
  readonly room: Pick<Room, "messages" | "pending">;
  readonly userId: string;
}

/** Draws them, and stays at the end for whoever reads there. */
export function MessageLog({ room, userId }: MessageLogProps) {
  const { messages = [], pending } = room;
  const newest = messages.at(-1)?.seq;
  useLayoutEffect(() => {
    const page = document.documentElement;
    const below = page.scrollHeight - innerHeight - scrollY;
    const isOwn = pending.length > 0;
    if (newest !== undefined && (isOwn || below < AT_END_PX)) scrollTo(0, page.scrollHeight);
  }, [newest, pending.length]);
  useLayoutEffect(() => scrollTo(0, document.documentElement.scrollHeight), [newest === undefined]);
  const stored = new Set(messages.map((message) => message.id));
  return (
    <ol className="pt-chat-log" aria-live="polite" aria-label="Messages">
      {messages.map((message, index) => (
        <MessageRow
          key={message.seq}
          message={message}
          before={messages[index - 1]}
          isOwn={message.user.id === userId}
        />
      ))}
      {pending
        .filter(({ id }) => !stored.has(id))
        .map(({ id, text }) => (
          <li key={id} className="pt-chat-message" data-own="">
            <LinkedText text={text} />
            <span className="pt-chat-by">Sending…</span>
          </li>
        ))}
    </ol>
  );
}

interface MessageRowProps {
  readonly message: ChatMessage;
  readonly before: ChatMessage | undefined;
  readonly isOwn: boolean;
}

function MessageRow({ message, before, isOwn }: MessageRowProps) {
  const at = new Date(message.at);
  const day = DAY.format(at);
  const isNewDay = before === undefined || DAY.format(new Date(before.at)) !== day;
  return (
    <>
      {isNewDay ? <li className="pt-chat-day">{day}</li> : null}
      <li className="pt-chat-message" data-own={isOwn ? "" : undefined}>
        <LinkedText text={message.text} />
        <span className="pt-chat-by">
          {isOwn ? "You" : message.user.username},{" "}
          <time dateTime={message.at}>{TIME.format(at)}</time>
        </span>
      </li>
    </>
  );
}

function LinkedText({ text }: { readonly text: string }) {
  return (
    <p>
      {splitLinks(text).map((part) =>
        part.href === undefined ? (
          part.text
        ) : (
          <a key={part.at} href={part.href} target="_blank" rel="noopener noreferrer nofollow">
            {part.text}
          </a>
        ),
      )}
    </p>
  );
}

/**
 * The messages of a room, as far back as one scrolls.
 *
 * @module
 */

import { type ReactNode, useEffect } from "react";
import { ChatIcon } from "./chat_icon.tsx";
import { type LogRow, logRows } from "./log_rows.ts";
import { messagesOf } from "./log_window.ts";
import { MessageRow } from "./message_row.tsx";
import { OutgoingRow } from "./outgoing_row.tsx";
import type { Room } from "./room.ts";
import type { RoomState } from "./room_state.ts";
import { dayWords } from "./room_words.ts";
import { type LogScroll, useLogScroll } from "./use_log_scroll.ts";

/** What it is handed. */
export interface MessageLogProps {
  readonly room: Room;
  readonly state: RoomState;
  readonly userId: string;
  /** Back to where one writes: with Escape, and by buttons that go with what they are about. */
  onLeave(): void;
  /** Set to a function that goes to the newest message. */
  readonly goToEnd: { current: () => void };
}

/** Draws the part of them that is near, and says whether the newest are seen. */
export function MessageLog({ room, state, userId, onLeave, goToEnd }: MessageLogProps) {
  const { messages, isLoaded, hasOlder, newAfter, outgoing } = state;
  const [oldest, newest] = [messages[0], messages.at(-1)];
  const hasMessages = isLoaded && oldest !== undefined && newest !== undefined;
  const scroll = useLogScroll({
    loaded: hasMessages ? { first: oldest.seq, last: newest.seq } : undefined,
    hasOlder,
    newAfter,
    onNeedOlder: () => room.loadOlder(),
  });
  goToEnd.current = scroll.goToEnd;
  useReading(room, isLoaded && scroll.isAtEnd);
  const near = scroll.drawn === undefined ? [] : messagesOf(messages, scroll.drawn);
  const isWhole = scroll.drawn === undefined || scroll.drawn.last === newest?.seq;
  const rows = logRows({ messages: near, outgoing: isWhole ? outgoing : [], userId, newAfter });
  return (
    <div className="pt-log-frame">
      <div
        ref={scroll.scroller}
        className="pt-log"
        role="log"
        aria-label="Messages"
        aria-live="off"
        tabIndex={0}
        onScroll={scroll.onScroll}
        onKeyDown={(event) => {
          if (event.key === "End") scroll.goToEnd();
          if (event.key === "Escape") {
            scroll.goToEnd();
            onLeave();
          }
        }}
      >
        <ol className="pt-log-rows">
          {isLoaded ? <LogHead hasOlder={hasOlder} isEmpty={rows.length === 0} /> : null}
          {rows.map((row) => (
            <li key={row.key} data-row={row.key} className={`pt-row-${row.kind}`}>
              {drawRow(row, { room, chat: state.chat.name, onLeave })}
            </li>
          ))}
        </ol>
      </div>
      <JumpButton scroll={scroll} count={(newest?.seq ?? 0) - state.seenSeq} />
    </div>
  );
}

function LogHead({ hasOlder, isEmpty }: { readonly hasOlder: boolean; readonly isEmpty: boolean }) {
  if (isEmpty) return <li className="pt-log-head">Nothing has been said yet.</li>;
  return (
    <li className="pt-log-head">
      {hasOlder ? "Loading older messages…" : "The conversation begins here."}
    </li>
  );
}

interface RowDeps {
  readonly room: Room;
  readonly chat: RoomState["chat"]["name"];
  onLeave(): void;
}

function drawRow(row: LogRow, { room, chat, onLeave }: RowDeps): ReactNode {
  switch (row.kind) {
    case "day":
      return <span>{dayWords(row.atMs, Date.now())}</span>;
    case "new":
      return <span>New</span>;
    case "message":
      return (
        <MessageRow message={row.message} atMs={row.atMs} isOwn={row.isOwn} isFirst={row.isFirst} />
      );
    case "outgoing":
      return (
        <OutgoingRow
          outgoing={row.outgoing}
          isFirst={row.isFirst}
          chat={chat}
          onRetry={(message) => {
            room.retry(message);
            onLeave();
          }}
          onDiscard={(id) => {
            room.discard(id);
            onLeave();
          }}
        />
      );
  }
}

/** What arrives is seen while the newest is in sight, and the tab is. */
function useReading(room: Room, isAtEnd: boolean): void {
  useEffect(() => {
    function tell(): void {
      room.noteReading(isAtEnd && document.visibilityState === "visible");
    }
    tell();
    document.addEventListener("visibilitychange", tell);
    return () => document.removeEventListener("visibilitychange", tell);
  }, [room, isAtEnd]);
}

function JumpButton({ scroll, count }: { readonly scroll: LogScroll; readonly count: number }) {
  if (scroll.isAtEnd) return null;
  const words = `${count} new ${count === 1 ? "message" : "messages"}`;
  return (
    <button
      type="button"
      className="pt-jump"
      data-new={count > 0 || undefined}
      onClick={() => {
        scroll.goToEnd();
        scroll.scroller.current?.focus({ preventScroll: true });
      }}
    >
      {count > 0 ? words : <span>Newest</span>}
      <ChatIcon name="down" size={16} />
    </button>
  );
}

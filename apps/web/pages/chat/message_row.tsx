/**
 * One message in the log.
 *
 * @module
 */

import { exactTime } from "@postern/ui";
import { memo } from "react";
import { Avatar } from "./avatar.tsx";
import { LinkedText } from "./linked_text.tsx";
import type { LogRow } from "./log_rows.ts";
import { timeWords } from "./room_words.ts";

/** A stored message. */
export type MessageRowProps = Pick<
  Extract<LogRow, { kind: "message" }>,
  "message" | "atMs" | "isOwn" | "isFirst"
>;

/** Draws it; who said it is seen at the first of a group, and read out at each. */
function MessageRowOf({ message, atMs, isOwn, isFirst }: MessageRowProps) {
  const { user, text, at, seq } = message;
  return (
    <div className="pt-message" data-own={isOwn || undefined} data-first={isFirst || undefined}>
      {isFirst && !isOwn ? <Avatar user={user} /> : null}
      <p className={isFirst ? "pt-message-by" : "pt-message-by pt-message-by-quiet"}>
        <strong>{isOwn ? "You" : user.username}</strong>{" "}
        <time dateTime={at} title={exactTime(atMs)}>
          {timeWords(atMs)}
        </time>
      </p>
      <div className="pt-bubble" data-seq={seq}>
        <LinkedText text={text} />
      </div>
    </div>
  );
}

/** Drawn anew only where something of it changed. */
export const MessageRow = memo(MessageRowOf);

/**
 * Has new messages read out, politely: the log itself is silent, since its older messages come and
 * go as one scrolls.
 *
 * @module
 */

import type { ChatMessage } from "@postern/wire";
import { useRef } from "react";

/** Most messages that stand in the region: what was not read out by then is old. */
const KEPT = 5;

/** What it is handed. */
export interface AnnouncerProps {
  /** Of the room. */
  readonly messages: readonly ChatMessage[];
  /** Whether they were there when one came. */
  readonly isLoaded: boolean;
  readonly userId: string;
}

/** Draws the region, unseen. It begins with what comes after the first messages. */
export function Announcer({ messages, isLoaded, userId }: AnnouncerProps) {
  const from = useRef<number | undefined>(undefined);
  if (isLoaded) from.current ??= messages.at(-1)?.seq ?? 0;
  const heard = messages
    .slice(-KEPT)
    .filter(({ seq, user }) => seq > (from.current ?? seq) && user.id !== userId);
  return (
    <div className="pt-hidden" role="status" aria-label="New messages">
      {heard.map(({ seq, user, text }) => (
        <p key={seq}>
          {user.username}: {text}
        </p>
      ))}
    </div>
  );
}

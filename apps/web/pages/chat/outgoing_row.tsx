/**
 * A message of one's own that is not stored yet.
 *
 * @module
 */

import type { ChatState } from "@postern/client";
import { LinkedText } from "./linked_text.tsx";
import type { Outgoing } from "./room_state.ts";

/** What it is handed. */
export interface OutgoingRowProps {
  readonly outgoing: Outgoing;
  readonly isFirst: boolean;
  readonly chat: ChatState["name"];
  onRetry(message: Outgoing): void;
  onDiscard(id: string): void;
}

/** Draws it as if it were stored, with what became of it. */
export function OutgoingRow(props: OutgoingRowProps) {
  const { outgoing, isFirst, chat, onRetry, onDiscard } = props;
  const { id, text, isFailed } = outgoing;
  return (
    <div className="pt-message" data-own data-first={isFirst || undefined}>
      <p className={isFirst ? "pt-message-by" : "pt-message-by pt-message-by-quiet"}>
        <strong>You</strong>
      </p>
      <div className="pt-bubble" data-unsent={isFailed ? "failed" : "waiting"}>
        <LinkedText text={text} />
      </div>
      {isFailed ? (
        <p className="pt-message-state" data-tone="bad">
          Not sent{" "}
          <button type="button" className="pt-text-button" onClick={() => onRetry(outgoing)}>
            Try again
          </button>
          <button type="button" className="pt-text-button" onClick={() => onDiscard(id)}>
            Remove
          </button>
        </p>
      ) : (
        <p className="pt-message-state" data-late={chat === "open" || undefined}>
          {chat === "open" ? "Sending…" : "Waits for the connection"}
        </p>
      )}
    </div>
  );
}

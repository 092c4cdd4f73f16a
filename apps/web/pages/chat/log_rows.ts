/**
 * What the log shows, row by row: days, where new messages begin, and messages in groups.
 *
 * @module
 */

import type { ChatMessage } from "@postern/wire";
import type { Outgoing } from "./room_state.ts";

/** Longest pause between two messages that one author said in one go, milliseconds. */
const GROUP_PAUSE_MS = 5 * 60_000;

/** A row; keys are unique, and stay with what they stand for. */
export type LogRow =
  | { readonly kind: "day"; readonly key: string; readonly atMs: number }
  | { readonly kind: "new"; readonly key: "new" }
  | {
      readonly kind: "message";
      readonly key: string;
      readonly message: ChatMessage;
      readonly atMs: number;
      readonly isOwn: boolean;
      /** Whether its author begins here, and is named. */
      readonly isFirst: boolean;
    }
  | {
      readonly kind: "outgoing";
      readonly key: string;
      readonly outgoing: Outgoing;
      readonly isFirst: boolean;
    };

/** What rows are made of. */
export interface LogContent {
  readonly messages: readonly ChatMessage[];
  readonly outgoing: readonly Outgoing[];
  readonly userId: string;
  /** `seq` after which messages are new; null: none are. */
  readonly newAfter: number | null;
}

/** What came before a row, for grouping. */
interface Said {
  readonly userId: string;
  readonly atMs: number;
}

/** Makes the rows. Days are those of the reader's time zone. */
export function logRows({ messages, outgoing, userId, newAfter }: LogContent): readonly LogRow[] {
  const rows: LogRow[] = [];
  let before: Said | undefined;
  for (const message of messages) {
    const said = { userId: message.user.id, atMs: Date.parse(message.at) };
    if (before === undefined || dayOf(before.atMs) !== dayOf(said.atMs)) {
      rows.push({ kind: "day", key: `day ${message.seq}`, atMs: said.atMs });
      before = undefined;
    }
    if (message.seq - 1 === newAfter) {
      rows.push({ kind: "new", key: "new" });
      before = undefined;
    }
    const isOwn = said.userId === userId;
    const key = isOwn ? message.id : `${message.seq}`;
    const isFirst = begins(said, before);
    rows.push({ kind: "message", key, message, atMs: said.atMs, isOwn, isFirst });
    before = said;
  }
  for (const message of outgoing) {
    const said = { userId, atMs: message.atMs };
    const isFirst = begins(said, before);
    rows.push({ kind: "outgoing", key: message.id, outgoing: message, isFirst });
    before = said;
  }
  return rows;
}

function begins(said: Said, before: Said | undefined): boolean {
  if (before === undefined || before.userId !== said.userId) return true;
  return said.atMs - before.atMs >= GROUP_PAUSE_MS;
}

function dayOf(atMs: number): string {
  return new Date(atMs).toDateString();
}

/**
 * Asks for history one after another, since a history frame does not say which ask it answers.
 *
 * @module
 */

import type { ChatMessage } from "@postern/wire";
import type { HistoryAsk, HistoryPiece } from "./chat_types.ts";

interface Entry {
  readonly ask: HistoryAsk;
  readonly settle: (piece: HistoryPiece) => void;
}

/** The asks of one conversation. */
export interface HistoryQueue {
  add(ask: HistoryAsk): Promise<HistoryPiece>;
  /** Gives the ask that is to be sent now, if no other is under way. */
  next(): HistoryAsk | undefined;
  /** Takes an answer to the ask under way. */
  settle(messages: readonly ChatMessage[], more: boolean): void;
  /** Takes the ask under way for unanswered, since its connection is gone. */
  rewind(): void;
  /** Gives up on all. */
  end(): void;
}

/** Makes a queue. */
export function createHistoryQueue(): HistoryQueue {
  let entries: Entry[] = [];
  let isUnderWay = false;
  return {
    add: (ask) =>
      new Promise((settle) => {
        entries.push({ ask, settle });
      }),
    next() {
      const first = entries[0];
      if (isUnderWay || first === undefined) return undefined;
      isUnderWay = true;
      return first.ask;
    },
    settle(messages, more) {
      if (!isUnderWay) return;
      isUnderWay = false;
      entries.shift()?.settle({ ok: true, messages, more });
    },
    rewind() {
      isUnderWay = false;
    },
    end() {
      for (const entry of entries) entry.settle({ ok: false, code: "ended" });
      entries = [];
    },
  };
}

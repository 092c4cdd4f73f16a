/**
 * Puts what arrives into order: each message once, none left out.
 *
 * Live messages and history overlap after a reconnect, and two connections overlap while one takes
 * over from the other. What comes too early waits until the gap before it is filled.
 *
 * @module
 */

import type { ChatMessage } from "@postern/wire";

/** The order of one conversation's messages, from some message on. */
export interface Timeline {
  /** `seq` of the last message that was let through; `undefined` before it is known where to start. */
  readonly last: number | undefined;
  /** Starts after a message, if nothing has said so yet. */
  startAfter(seq: number): void;
  /** Takes a message in; gives those that are now in order. */
  take(message: ChatMessage): readonly ChatMessage[];
  /** Tells whether a message waits for one before it. */
  hasGap(): boolean;
}

/**
 * Makes a timeline.
 *
 * @param after `seq` of the last message that the caller has; `undefined` if it only wants new ones.
 */
export function createTimeline(after: number | undefined): Timeline {
  const early = new Map<number, ChatMessage>();
  let last = after;

  return {
    get last() {
      return last;
    },
    startAfter(seq) {
      last ??= seq;
    },
    take(message) {
      last ??= message.seq - 1;
      if (message.seq > last) early.set(message.seq, message);
      const inOrder: ChatMessage[] = [];
      let next = early.get(last + 1);
      while (next !== undefined) {
        inOrder.push(next);
        early.delete(next.seq);
        last = next.seq;
        next = early.get(last + 1);
      }
      return inOrder;
    },
    hasGap: () => early.size > 0,
  };
}

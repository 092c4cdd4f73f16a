/**
 * What is said in a conversation, whichever connection carries it: each message told once and in
 * order, each sent one sent until it is acknowledged.
 *
 * @module
 */

import { type ChatMessage, HISTORY_LIMIT_MAX, type ServerFrame } from "@postern/wire";
import type { ChatOptions, HistoryAsk, HistoryPiece, Sending } from "./chat_types.ts";
import { createHistoryQueue } from "./history_queue.ts";
import type { Leg } from "./leg.ts";
import { isMessageText } from "./message_text.ts";
import { createOutbox } from "./outbox.ts";
import { createTimeline, type Timeline } from "./timeline.ts";

type TalkOptions = Pick<ChatOptions, "after" | "ears" | "newId" | "now" | "timers">;
type Ready = Extract<ServerFrame, { type: "ready" }>;

/** One conversation's talk. */
export class Talk {
  readonly #options: TalkOptions;
  readonly #timeline: Timeline;
  readonly #outbox = createOutbox();
  readonly #asks = createHistoryQueue();
  #leg: Leg | undefined;
  #userId = "";
  #isCatchingUp = false;
  #isEnded = false;
  #callOffPace: () => void = () => undefined;

  /** Begins without a connection. */
  constructor(options: TalkOptions) {
    this.#options = options;
    this.#timeline = createTimeline(options.after);
  }

  /** Goes on by a connection that is ready: sends anew what another did not bring to an end. */
  carryBy(leg: Leg, ready: Ready): void {
    this.#leg = leg;
    this.#userId = ready.user.id;
    this.#outbox.rewind();
    this.#asks.rewind();
    this.#timeline.startAfter(ready.seq);
    if (ready.seq > (this.#timeline.last ?? 0)) void this.#catchUp();
    this.flush();
  }

  /** Waits for another connection. */
  pause(): void {
    this.#leg = undefined;
    this.#callOffPace();
  }

  /** Gives up on all that waits. */
  end(): void {
    this.pause();
    this.#isEnded = true;
    this.#outbox.end();
    this.#asks.end();
  }

  /** Sends a message, now or later. */
  send(text: string, id = this.#options.newId()): Sending {
    if (!isMessageText(text)) {
      throw new RangeError("Cannot send a message: need 1 to 4000 code points of well-formed text");
    }
    const stored = this.#outbox.add({ id, text });
    if (this.#isEnded) this.#outbox.end();
    this.flush();
    return { id, stored };
  }

  /** Takes an acknowledgement. */
  settle(id: string, seq: number): void {
    this.#outbox.settle(id, seq);
  }

  /** Asks for history, now or later. */
  history(ask: HistoryAsk): Promise<HistoryPiece> {
    const piece = this.#asks.add(ask);
    if (this.#isEnded) this.#asks.end();
    this.flush();
    return piece;
  }

  /** Takes history that was asked for. */
  takeHistory(messages: readonly ChatMessage[], more: boolean): void {
    this.#asks.settle(messages, more);
    this.flush();
  }

  /** Takes messages and tells those whose turn it is. */
  take(messages: readonly ChatMessage[]): void {
    for (const message of messages) {
      for (const { seq, id, user, text, at } of this.#timeline.take(message)) {
        if (user.id === this.#userId) this.#outbox.settle(id, seq);
        this.#options.ears.message({ seq, id, user, text, at });
      }
    }
    if (this.#timeline.hasGap()) void this.#catchUp();
  }

  /** Sends what waits, as fast as the server takes it. */
  flush(): void {
    const leg = this.#leg;
    if (leg === undefined) return;
    const ask = this.#asks.next();
    if (ask !== undefined) leg.send({ type: "history", ...ask });
    this.#callOffPace();
    const now = this.#options.now();
    let waitMs = leg.pace.waitMs(now);
    while (waitMs === 0) {
      const message = this.#outbox.next();
      if (message === undefined) return;
      leg.send({ type: "message", id: message.id, text: message.text });
      leg.pace.count(now);
      waitMs = leg.pace.waitMs(now);
    }
    this.#callOffPace = this.#options.timers.after(waitMs, () => this.flush());
  }

  /** Asks for what is missing until nothing is. */
  async #catchUp(): Promise<void> {
    if (this.#isCatchingUp) return;
    this.#isCatchingUp = true;
    let more = true;
    while (more) {
      const piece = await this.history({
        after: this.#timeline.last ?? 0,
        limit: HISTORY_LIMIT_MAX,
      });
      if (!piece.ok) return;
      this.take(piece.messages);
      more = piece.more && piece.messages.length > 0;
    }
    this.#isCatchingUp = false;
  }
}

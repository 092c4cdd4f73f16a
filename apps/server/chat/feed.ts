/**
 * Messages on their way to the connections of this process: each once, in order, without gaps, whichever
 * process stored it.
 *
 * Of each conversation with connections it knows the number that was told last. What comes next in
 * line is told; what was told already is not; where a number is left out, the store has what is
 * missing. The store is asked each second, too, so that a message of which nobody told is not lost:
 * the bus makes it quick, the store makes it whole. A number that others tell of is a reason to ask the
 * store, and never taken for how far a conversation was told.
 *
 * @module
 */

import type { ChatStore, ConversationId } from "@postern/chat";
import { seconds } from "@postern/std";
import { HISTORY_LIMIT_MAX, type ServerFrame } from "@postern/wire";
import type { Bus } from "../bus_port.ts";
import type { Log } from "../log_port.ts";
import type { ChatMetrics } from "../metrics_port.ts";
import { within } from "../within.ts";
import { topicOf } from "./connection.ts";
import { messageShape } from "./message_shape.ts";
import type { SocketRegistry } from "./socket_registry.ts";

/** How often the store is asked for messages of which nobody told. */
const LOOK_EVERY_MS = seconds(1);

/** How long the store may take for one reading. */
const READ_MAX_MS = seconds(5);

/** What it is made with. */
export interface FeedDeps {
  readonly chat: Pick<ChatStore, "findNewer" | "readHistory">;
  readonly bus: Bus;
  readonly sockets: Pick<SocketRegistry, "ofConversation">;
  readonly metrics: Pick<ChatMetrics, "messageDelivered" | "messagesFilled">;
  readonly log: Pick<Log, "warn">;
  /** Sends to all connections of this process that listen to a topic. */
  readonly publish: (topic: string, text: string) => void;
}

/** How far a conversation was told. */
interface Told {
  seq: number;
  /** A higher one is known to be there. */
  wanted: number;
  /** Reads what is missing, while it does; does not reject. */
  filling: Promise<void> | null;
}

/** Tells messages. Begins to listen when it is made. */
export class Feed {
  readonly #deps: FeedDeps;
  readonly #told = new Map<ConversationId, Told>();
  readonly #timer: Timer;
  #isLooking = false;

  constructor(deps: FeedDeps) {
    this.#deps = deps;
    deps.bus.subscribe("message", (text) => {
      const heard = readOffer(text);
      // Of one that was not begun, whoever is being let in reads the number.
      if (heard !== undefined && this.#told.has(heard.id)) {
        this.#offer(heard.id, heard.seq, heard.frame);
      }
    });
    deps.bus.onConnected(() => void this.look());
    this.#timer = setInterval(() => void this.look(), LOOK_EVERY_MS);
  }

  /**
   * Takes a conversation up, or goes on with it: resolves once it was told as far as whoever is let in has seen
   * it, or cannot be now. What that one hears afterwards so begins behind `newest`.
   *
   * @param seq Of its newest message when somebody was let in.
   */
  async begin(id: ConversationId, seq: number): Promise<void> {
    const at = this.#told.get(id);
    const isAlone = this.#listeners(id) <= 1;
    if (at === undefined) this.#told.set(id, { seq, wanted: seq, filling: null });
    else if (isAlone) at.seq = Math.max(at.seq, seq);
    else {
      this.#want(id, at, seq);
      await at.filling;
    }
  }

  /** The number that was told last. */
  newest(id: ConversationId): number {
    return this.#told.get(id)?.seq ?? 0;
  }

  /** Tells of a message that was stored here, in this process and in others. */
  post(id: ConversationId, seq: number, frame: string): void {
    this.#offer(id, seq, frame);
    this.#deps.bus.publish("message", `${id} ${seq} ${frame}`);
  }

  /** Looks in the store for what nobody told of. Does not reject. */
  async look(): Promise<void> {
    this.#prune();
    if (this.#isLooking || this.#told.size === 0) return;
    this.#isLooking = true;
    try {
      const known = [...this.#told].map(([id, { seq }]) => [id, seq] as const);
      for (const [id, seq] of await within(READ_MAX_MS, this.#deps.chat.findNewer(known))) {
        const at = this.#told.get(id);
        if (at !== undefined) this.#want(id, at, seq);
      }
    } catch (cause) {
      this.#deps.log.warn("newer messages not looked for", { cause });
    } finally {
      this.#isLooking = false;
    }
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #offer(id: ConversationId, seq: number, frame: string): void {
    const at = this.#told.get(id);
    if (at === undefined) {
      // Whoever is being let in has read an older number, perhaps.
      if (this.#listeners(id) > 0) this.#told.set(id, { seq, wanted: seq, filling: null });
    } else if (seq === at.seq + 1) this.#tell(id, at, { seq, frame });
    else if (seq > at.seq) this.#want(id, at, seq);
  }

  #tell(id: ConversationId, at: Told, message: { seq: number; frame: string }): void {
    at.seq = message.seq;
    this.#deps.publish(topicOf(id), message.frame);
    this.#deps.metrics.messageDelivered(this.#listeners(id));
  }

  #want(id: ConversationId, at: Told, seq: number): void {
    at.wanted = Math.max(at.wanted, seq);
    if (at.filling === null && at.wanted > at.seq) at.filling = this.#fill(id, at);
  }

  /** Reads what is missing. What cannot be read now is looked for again. */
  async #fill(id: ConversationId, at: Told): Promise<void> {
    try {
      while (this.#told.get(id) === at && at.seq < at.wanted) {
        const { wanted } = at;
        const asked = { conversationId: id, after: at.seq, limit: HISTORY_LIMIT_MAX };
        const { messages } = await within(READ_MAX_MS, this.#deps.chat.readHistory(asked));
        // Some may have been told meanwhile; and of a conversation that is gone there are none.
        const missing = messages.filter(({ seq }) => seq > at.seq);
        // The store has no such number.
        if (messages.length === 0 && at.wanted === wanted) at.wanted = at.seq;
        for (const message of missing) {
          const frame: ServerFrame = { type: "message", ...messageShape(message) };
          this.#tell(id, at, { seq: message.seq, frame: JSON.stringify(frame) });
        }
        this.#deps.metrics.messagesFilled(missing.length);
      }
    } catch (cause) {
      this.#deps.log.warn("missing messages not read", { cause });
    } finally {
      at.filling = null;
    }
  }

  /** Drops what nobody listens to any more. */
  #prune(): void {
    for (const id of this.#told.keys()) if (this.#listeners(id) === 0) this.#told.delete(id);
  }

  #listeners(id: ConversationId): number {
    return this.#deps.sockets.ofConversation(id).size;
  }
}

const OFFER = /^([0-9a-f-]{36}) (\d{1,15}) (\{"type":"message","seq":\2(?=[,}])[\s\S]*\})$/;

/** Nothing where it is no message's frame, or one of another number. */
function readOffer(text: string) {
  const [, id, seq, frame] = OFFER.exec(text) ?? [];
  if (id === undefined || frame === undefined) return undefined;
  return { id: id as ConversationId, seq: Number(seq), frame };
}

/**
 * A member's connection to a conversation: opened again whenever it is closed, and watched for gaps.
 *
 * @module
 */

import { DONE, type Outcome } from "../outcome.ts";
import type { World } from "../world.ts";

/** Who sits there, and where. */
export interface SeatOptions {
  readonly world: World;
  readonly conversation: string;
  /** Address that it calls from. */
  readonly address: string;
  /** An access token that is good for a while. A new one where the last was refused. */
  token(isNew: boolean): Promise<string | null>;
}

/** Between two attempts, milliseconds: from the first to the longest, each about twice the one before. */
const AGAIN_FIRST_MS = 200;
const AGAIN_LONGEST_MS = 5_000;

/** How long somebody waits for an acknowledgement, milliseconds. */
const ACK_WITHIN_MS = 10_000;

const MESSAGE_START = '{"type":"message","seq":';
const TOKEN_REFUSED = 4001;

/** Codes of closing that nobody has earned here. */
const UNEARNED = new Set([4003, 4008, 4009, 4010]);

/** A seat. */
export class Seat {
  readonly #options: SeatOptions;
  readonly #acks = new Map<string, (seq: number | null) => void>();
  #socket: WebSocket | null = null;
  #isReady = false;
  #isLeaving = false;
  #heard: number | null = null;
  #waitMs = AGAIN_FIRST_MS;
  delivered = 0;

  constructor(options: SeatOptions) {
    this.#options = options;
  }

  /** Whether it was let in, and is still. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** Connects, and stays so until it leaves. */
  async sit(isNewToken = false): Promise<void> {
    if (this.#isLeaving) return;
    const { world, conversation, address, token } = this.#options;
    const access = await token(isNewToken);
    if (access === null) return this.#again(true);
    const base = world.deployment.server.url.replace(/^http/, "ws");
    const url = `${base}/ws/chat/${conversation}?token=${access}`;
    const socket = new WebSocket(url, { headers: { "X-Forwarded-For": address } });
    this.#socket = socket;
    socket.addEventListener("message", ({ data }) => this.#hear(String(data)));
    socket.addEventListener("close", ({ code }) => this.#closed(code));
  }

  /** Goes for good. */
  leave(): void {
    this.#isLeaving = true;
    this.#socket?.close();
  }

  /** Says something, and waits until it is acknowledged. */
  async say(text: string): Promise<Outcome> {
    const { world, conversation } = this.#options;
    const id = crypto.randomUUID();
    const acked = Promise.withResolvers<number | null>();
    const timer = setTimeout(() => acked.resolve(null), ACK_WITHIN_MS);
    this.#acks.set(id, acked.resolve);
    world.ledger.sends(conversation, id);
    this.#send({ type: "message", id, text });
    const seq = await acked.promise;
    clearTimeout(timer);
    this.#acks.delete(id);
    if (seq === null) return { as: "failed", detail: "A message was not acknowledged" };
    world.ledger.acknowledges(conversation, seq, { id, text });
    return DONE;
  }

  #send(frame: unknown): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  /** Most frames are messages: of those only the position is read. */
  #hear(text: string): void {
    if (text.startsWith(MESSAGE_START)) {
      this.#follow(Number.parseInt(text.slice(MESSAGE_START.length), 10));
      return;
    }
    const frame = JSON.parse(text) as { type: string; seq?: number; id?: string; code?: string };
    if (frame.type === "ready") {
      this.#isReady = true;
      this.#heard = frame.seq ?? 0;
      this.#waitMs = AGAIN_FIRST_MS;
    } else if (frame.type === "ack") this.#acks.get(frame.id ?? "")?.(frame.seq ?? null);
    else if (frame.type === "expiring") void this.#renew();
    else if (frame.type === "error" && !this.#options.world.isTroubled()) {
      this.#options.world.ledger.breaks(`A chat's frame was refused: ${frame.code}`);
    }
  }

  #follow(seq: number): void {
    this.delivered += 1;
    const { world, conversation } = this.#options;
    if (this.#heard !== null && seq !== this.#heard + 1) {
      world.ledger.breaks(`Message ${seq} of ${conversation} came after ${this.#heard}`);
    }
    this.#heard = seq;
  }

  async #renew(): Promise<void> {
    const token = await this.#options.token(true);
    if (token !== null) this.#send({ type: "auth", token });
  }

  #closed(code: number): void {
    const { world } = this.#options;
    this.#isReady = false;
    this.#socket = null;
    this.#heard = null;
    for (const resolve of this.#acks.values()) resolve(null);
    if (UNEARNED.has(code)) world.ledger.breaks(`A chat was closed with ${code}`);
    this.#again(code === TOKEN_REFUSED);
  }

  #again(isNewToken: boolean): void {
    if (this.#isLeaving) return;
    const waitMs = this.#waitMs * (0.5 + Math.random());
    this.#waitMs = Math.min(AGAIN_LONGEST_MS, this.#waitMs * 2);
    setTimeout(() => void this.sit(isNewToken), waitMs);
  }
}

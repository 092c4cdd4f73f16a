/**
 * A member who says more than a polite client would, and keeps only what shows that nothing is lost:
 * connects again when cut off, asks for what it missed, and sends again what was not acknowledged.
 *
 * @module
 */

/** How to connect. */
export interface LoudMemberOptions {
  readonly url: () => string;
  readonly headers: Readonly<Record<string, string>>;
}

/** How long to wait before connecting again, milliseconds. */
const RETRY_MS = 100;

interface Heard {
  readonly seq: number;
  readonly text: string;
}

/** The frames that it looks at, as far as it does. */
type Read =
  | { readonly type: "ready"; readonly seq: number }
  | ({ readonly type: "message" } & Heard)
  | { readonly type: "history"; readonly messages: readonly Heard[]; readonly more: boolean }
  | { readonly type: "ack"; readonly id: string; readonly seq: number };

/** A member. */
export class LoudMember {
  /** What was said, in order, without gaps: the first has number 1. */
  readonly texts: string[] = [];
  /** Messages that came again as something else. */
  readonly faults: string[] = [];
  /** Numbers of its own messages that were acknowledged, by text. */
  readonly acknowledged = new Map<string, number>();
  /** How often it was cut off. */
  cuts = 0;
  readonly #options: LoudMemberOptions;
  readonly #unacknowledged = new Map<string, { text: string; done: () => void }>();
  #socket: WebSocket | undefined;
  #isReady = false;
  #isAsking = false;
  #isOver = false;

  constructor(options: LoudMemberOptions) {
    this.#options = options;
    this.#connect();
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  /** Says something; resolves once it is acknowledged. */
  async say(text: string): Promise<void> {
    const id = crypto.randomUUID();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#unacknowledged.set(id, { text, done: resolve });
    if (this.#isReady) this.#send({ type: "message", id, text });
    await promise;
  }

  close(): void {
    this.#isOver = true;
    this.#socket?.close();
  }

  #connect(): void {
    const socket = new WebSocket(this.#options.url(), { headers: { ...this.#options.headers } });
    this.#socket = socket;
    socket.addEventListener("message", ({ data }) => this.#hear(JSON.parse(String(data)) as Read));
    socket.addEventListener("close", () => {
      this.#isReady = false;
      this.#isAsking = false;
      if (this.#isOver) return;
      this.cuts += 1;
      setTimeout(() => this.#connect(), RETRY_MS);
    });
  }

  #hear(frame: Read): void {
    switch (frame.type) {
      case "ready":
        this.#isReady = true;
        if (frame.seq > this.texts.length) this.#ask();
        for (const [id, { text }] of this.#unacknowledged)
          this.#send({ type: "message", id, text });
        break;
      case "message":
        this.#keep(frame);
        break;
      case "history":
        this.#isAsking = false;
        for (const message of frame.messages) this.#keep(message);
        if (frame.more) this.#ask();
        break;
      case "ack": {
        const waiting = this.#unacknowledged.get(frame.id);
        this.#unacknowledged.delete(frame.id);
        if (waiting === undefined) break;
        this.acknowledged.set(waiting.text, frame.seq);
        waiting.done();
        break;
      }
    }
  }

  /** What is next in line is kept; what is known must be the same; for what lies further ahead it asks. */
  #keep({ seq, text }: Heard): void {
    const newest = this.texts.length;
    if (seq === newest + 1) this.texts.push(text);
    else if (seq > newest) this.#ask();
    else if (this.texts[seq - 1] !== text) this.faults.push(`${seq}: ${text}`);
  }

  #ask(): void {
    if (this.#isAsking) return;
    this.#isAsking = true;
    this.#send({ type: "history", after: this.texts.length, limit: 200 });
  }

  #send(frame: unknown): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }
}

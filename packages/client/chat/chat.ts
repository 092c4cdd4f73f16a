/**
 * A conversation that outlives its connections.
 *
 * When a connection breaks, another is tried after a while; when the credentials run out, they are
 * renewed in band, or by a second connection that takes over when it is ready.
 *
 * @module
 */

import { CLOSE_CODES, type ServerFrame } from "@postern/wire";
import { isSignedOut } from "../credentials.ts";
import { chatAddress } from "./chat_address.ts";
import type {
  Chat,
  ChatOptions,
  ChatState,
  EndReason,
  HistoryAsk,
  HistoryPiece,
  Sending,
} from "./chat_types.ts";
import { type Leg, openLeg } from "./leg.ts";
import { createRetries, type Retries } from "./retries.ts";
import { Talk } from "./talk.ts";

/** Refusals of newly renewed credentials after which they are taken for no good. */
const REFUSALS_MAX = 2;

/** Shortest wait after too much was sent, milliseconds: the window of the limit on messages. */
const HELD_BACK_MS = 10_000;

/** Opens a conversation; the first connection is under way when this comes back. */
export function openChat(options: ChatOptions): Chat {
  const chat = new LiveChat(options);
  chat.start();
  return chat;
}

class LiveChat implements Chat {
  readonly #options: ChatOptions;
  readonly #talk: Talk;
  readonly #retries: Retries;
  #state: ChatState = { name: "connecting" };
  /** The connection that is ready. */
  #leg: Leg | undefined;
  /** The connection that is to be ready next. */
  #coming: Leg | undefined;
  /** Whether there is one, or the way in to it is being asked for. */
  #isComing = false;
  #refusals = 0;

  constructor(options: ChatOptions) {
    this.#options = options;
    this.#talk = new Talk(options);
    this.#retries = createRetries(options, () => this.start());
  }

  get state(): ChatState {
    return this.#state;
  }

  start(): void {
    void this.#connect();
  }

  send(text: string, id?: string): Sending {
    return this.#talk.send(text, id);
  }

  typing(): void {
    this.#leg?.send({ type: "typing" });
  }

  history(ask: HistoryAsk): Promise<HistoryPiece> {
    return this.#talk.history(ask);
  }

  hurry(): void {
    if (this.#state.name !== "reconnecting" || this.#state.isHeldBack) return;
    this.#retries.callOff();
    this.start();
  }

  close(): void {
    this.#end("closed");
  }

  async #connect(): Promise<void> {
    if (this.#isComing || this.#isEnded()) return;
    this.#isComing = true;
    const query = await this.#options.entrance.query();
    if (this.#isEnded()) return;
    if (query.ok) return this.#open(query.value);
    this.#isComing = false;
    if (isSignedOut(query.problem)) this.#end("signed_out");
    else this.#lose();
  }

  #open(query: Readonly<Record<string, string>>): void {
    const { baseUrl, conversation } = this.#options;
    const leg = openLeg(this.#options, chatAddress(baseUrl, conversation, query), {
      frame: (frame) => this.#hear(leg, frame),
      closed: (code) => this.#closed(leg, code),
    });
    this.#coming = leg;
  }

  #closed(leg: Leg, code: number): void {
    this.#drop(leg);
    if (code === CLOSE_CODES.forbidden) this.#end("forbidden");
    else if (code === CLOSE_CODES.malformed) this.#end("refused");
    else if (code === CLOSE_CODES.unauthenticated) void this.#mend();
    else this.#lose(code === CLOSE_CODES.tooMany);
  }

  #drop(leg: Leg): void {
    if (leg === this.#leg) {
      this.#leg = undefined;
      this.#talk.pause();
    } else {
      this.#coming = undefined;
      this.#isComing = false;
    }
  }

  /** Gets newer credentials after a refusal, if there are any to be had. */
  async #mend(): Promise<void> {
    this.#refusals += 1;
    if (this.#refusals > REFUSALS_MAX) return this.#end("signed_out");
    const renewal = await this.#options.entrance.renew();
    if (this.#isEnded()) return;
    if (renewal === "signed_out") this.#end("signed_out");
    else this.#lose();
  }

  /** Tries again after a while, unless a connection is there or on its way. */
  #lose(isHeldBack = false): void {
    if (this.#leg !== undefined || this.#isComing) return;
    const next = this.#retries.schedule(isHeldBack ? HELD_BACK_MS : 0);
    this.#become({ name: "reconnecting", ...next, isHeldBack });
  }

  #hear(leg: Leg, frame: ServerFrame): void {
    const { ears } = this.#options;
    switch (frame.type) {
      case "ready":
        this.#takeOver(leg, frame);
        break;
      case "message":
        this.#talk.take([frame]);
        break;
      case "ack":
        this.#talk.settle(frame.id, frame.seq);
        break;
      case "history":
        this.#talk.takeHistory(frame.messages, frame.more);
        break;
      case "presence":
        ears.presence?.(frame.user, frame.state === "online");
        break;
      case "typing":
        ears.typing?.(frame.user);
        break;
      case "expiring":
        void this.#renew(leg);
        break;
      case "error":
        ears.problem?.(frame.code, frame.detail);
        // What was too busy to be taken is sent anew by the next connection.
        if (frame.code === "busy") this.#abandon(leg);
        break;
    }
  }

  #takeOver(leg: Leg, ready: Extract<ServerFrame, { type: "ready" }>): void {
    this.#leg?.close();
    this.#leg = leg;
    this.#coming = undefined;
    this.#isComing = false;
    this.#refusals = 0;
    this.#retries.reset();
    this.#become({ name: "open", user: ready.user });
    this.#talk.carryBy(leg, ready);
  }

  #abandon(leg: Leg): void {
    leg.close();
    this.#drop(leg);
    this.#lose();
  }

  async #renew(leg: Leg): Promise<void> {
    const renewal = await this.#options.entrance.renew();
    if (leg !== this.#leg || renewal !== "renewed") return;
    const token = this.#options.entrance.token();
    if (token === undefined) this.start();
    else leg.send({ type: "auth", token });
  }

  #isEnded(): boolean {
    return this.#state.name === "ended";
  }

  #end(reason: EndReason): void {
    if (this.#isEnded()) return;
    this.#leg?.close();
    this.#coming?.close();
    this.#leg = undefined;
    this.#coming = undefined;
    this.#retries.callOff();
    this.#become({ name: "ended", reason });
    this.#talk.end();
  }

  #become(state: ChatState): void {
    this.#state = state;
    this.#options.ears.state?.(state);
  }
}

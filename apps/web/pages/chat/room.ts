/**
 * A conversation that one has entered: its state, and all that can be done in it.
 *
 * @module
 */

import {
  type Chat,
  type ChatEars,
  cookieEntrance,
  openChat,
  type Sending,
  webSocketDial,
} from "@postern/client";
import { HISTORY_LIMIT_MAX } from "@postern/wire";
import { api } from "../../browser/api.ts";
import { newUuid, randomFraction } from "../../browser/randomness.ts";
import { type KeptRoom, keptRoom } from "./kept_room.ts";
import { ReadMarker } from "./read_marker.ts";
import {
  newRoom,
  type Outgoing,
  type RoomState,
  withChat,
  withFailed,
  withHistory,
  withMessage,
  withOutgoing,
  withoutOutgoing,
  withPresence,
  withReading,
  withStored,
  withTime,
  withTypist,
} from "./room_state.ts";
import { noteNewest } from "./use_conversations.ts";

/** Messages that are asked for at first, and each time that older ones are. */
const HISTORY_COUNT = 100;

/** Most unread messages that are asked for at first. Beyond them one begins at the end. */
const UNREAD_MAX = 1_000;

/** Shortest time between two signs that one is typing, milliseconds. */
const TYPING_EVERY_MS = 3_000;

/** How often it is looked whether somebody stopped typing, milliseconds. */
const TYPING_LOOK_MS = 1_000;

/** Which conversation, and who enters it. */
export interface RoomOptions {
  readonly id: string;
  readonly userId: string;
  /** Of its newest message. */
  readonly seq: number;
  /** Up to where it was read. */
  readonly read_seq: number;
}

/** A conversation that was entered. */
export class Room {
  readonly #id: string;
  readonly #userId: string;
  readonly #kept: KeptRoom;
  readonly #marker: ReadMarker;
  readonly #chat: Chat;
  readonly #watch: ReturnType<typeof setInterval>;
  readonly #listeners = new Set<() => void>();
  #state: RoomState;
  #isLoadingOlder = false;
  #isLeft = false;
  #typingToldMs = Number.NEGATIVE_INFINITY;

  /** Enters it, and sends what was left unsent there before. */
  constructor(options: RoomOptions) {
    const { id, userId, read_seq: readSeq } = options;
    this.#id = id;
    this.#userId = userId;
    this.#kept = keptRoom(userId, id);
    this.#state = newRoom(this.#kept.outgoing, options);
    this.#marker = new ReadMarker(id, readSeq);
    this.#chat = openPageChat(id, this.#ears());
    this.#watch = setInterval(
      () => this.#become(withTime(this.#state, Date.now())),
      TYPING_LOOK_MS,
    );
    void this.#loadNewest(options);
    for (const message of this.#state.outgoing) if (!message.isFailed) this.#carry(message);
  }

  /** Calls back after each change, until the returned function is called. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The state as it is now; the same object until something changes. */
  readonly read = (): RoomState => this.#state;

  /** Sends a message, when there is a connection. */
  send(text: string): void {
    this.#carry({ id: newUuid(), text, atMs: Date.now(), isFailed: false });
  }

  /** Sends a message again that failed; stored after all, it is not stored twice. */
  retry(message: Outgoing): void {
    this.#carry({ ...message, isFailed: false });
  }

  /** Gives a message up. */
  discard(id: string): void {
    this.#become(withoutOutgoing(this.#state, id));
  }

  /** Tells the others that one is typing, now and then. */
  noteTyping(): void {
    const now = performance.now();
    if (now - this.#typingToldMs < TYPING_EVERY_MS) return;
    this.#typingToldMs = now;
    this.#chat.typing();
  }

  /** Says whether what arrives is seen. */
  noteReading(isReading: boolean): void {
    this.#become(withReading(this.#state, isReading));
  }

  /** Asks for older messages, unless that is under way or there are none. */
  loadOlder(): void {
    const oldest = this.#state.messages[0]?.seq;
    if (this.#isLoadingOlder || !this.#state.hasOlder || oldest === undefined) return;
    this.#isLoadingOlder = true;
    void this.#loadOlder(oldest);
  }

  /** Tries to reconnect at once. */
  hurry(): void {
    this.#chat.hurry();
  }

  /** Leaves the room. What is not stored yet is kept, and sent when it is entered again. */
  leave(): void {
    this.#isLeft = true;
    clearInterval(this.#watch);
    this.#chat.close();
    this.#marker.leave();
    this.#listeners.clear();
  }

  #ears(): ChatEars {
    return {
      message: (message) => {
        this.#become(withMessage(this.#state, message, this.#userId));
        noteNewest(this.#id, message, this.#state.seenSeq >= message.seq);
      },
      state: (chat) => this.#become(withChat(this.#state, chat)),
      // One's own other devices are no others.
      presence: (user, isOnline) => {
        if (user.id !== this.#userId) this.#become(withPresence(this.#state, user, isOnline));
      },
      typing: (user) => {
        if (user.id !== this.#userId) this.#become(withTypist(this.#state, user, Date.now()));
      },
    };
  }

  #become(state: RoomState): void {
    if (this.#isLeft || state === this.#state) return;
    this.#state = state;
    this.#kept.outgoing = state.outgoing;
    this.#marker.note(state.seenSeq);
    for (const listener of this.#listeners) listener();
  }

  #carry(message: Outgoing): void {
    this.#become(withOutgoing(this.#state, message));
    void this.#settle(this.#chat.send(message.text, message.id));
  }

  async #settle({ id, stored }: Sending): Promise<void> {
    const end = await stored;
    this.#become(end.ok ? withStored(this.#state, id, end.seq) : withFailed(this.#state, id));
  }

  async #loadOlder(before: number): Promise<void> {
    const piece = await this.#chat.history({ before, limit: HISTORY_COUNT });
    this.#isLoadingOlder = false;
    if (piece.ok) this.#become(withHistory(this.#state, piece, this.#userId));
  }

  /** Loads back to where one had read, and some more. Drawn when all is there. */
  async #loadNewest({ seq, read_seq: readSeq }: RoomOptions): Promise<void> {
    const wanted = seq - readSeq > UNREAD_MAX ? seq : readSeq;
    const limit = HISTORY_LIMIT_MAX;
    let piece = await this.#chat.history({ limit });
    let { messages } = piece.ok ? piece : { messages: [] };
    let oldest = messages[0]?.seq ?? 0;
    while (piece.ok && piece.more && oldest > wanted - HISTORY_COUNT) {
      piece = await this.#chat.history({ before: oldest, limit });
      if (!piece.ok) return;
      messages = [...piece.messages, ...messages];
      oldest = messages[0]?.seq ?? 0;
    }
    if (piece.ok) this.#become(withHistory(this.#state, { ...piece, messages }, this.#userId));
  }
}

function openPageChat(conversation: string, ears: ChatEars): Chat {
  return openChat({
    conversation,
    baseUrl: location.origin,
    entrance: cookieEntrance(api),
    ears,
    dial: webSocketDial((url) => new WebSocket(url)),
    timers: {
      after(waitMs, work) {
        const timer = setTimeout(work, waitMs);
        return () => clearTimeout(timer);
      },
    },
    now: () => performance.now(),
    random: randomFraction,
    newId: newUuid,
  });
}

/**
 * One WebSocket of a conversation, from before it is opened until it has ended.
 *
 * @module
 */

import type { SessionId, SpentUntilUs, UserActor } from "@postern/auth";
import type { ConversationId, Member } from "@postern/chat";
import type { EpochMs } from "@postern/std";
import type { CloseCode, ServerFrame } from "@postern/wire";

/** What of the runtime's socket is used. */
export interface Socket {
  send(text: string): number;
  close(code: number): void;
  subscribe(topic: string): void;
  publish(topic: string, text: string): number;
  /** What waits for its reader, bytes. */
  getBufferedAmount(): number;
}

/** What is published to for a conversation within this process. */
export function topicOf(conversationId: string): string {
  return `conversation ${conversationId}`;
}

/** Who has connected, to what. */
export interface Connected {
  /** Who connected, as events name it. */
  readonly actor: UserActor;
  readonly conversationId: ConversationId;
  /** Whom limits count the caller's address as. */
  readonly addressKey: string;
  /** Key that its token was signed with; null: it came by a ticket. */
  readonly keyId: string | null;
  readonly expiresAt: EpochMs;
}

/** One connection. Ended, it does nothing more, whatever arrives. */
export class Connection {
  readonly actor: UserActor;
  readonly conversationId: ConversationId;
  readonly addressKey: string;
  keyId: string | null;
  /** When it ends unless it is renewed. */
  expiresAt: EpochMs;
  /** Whether its client was told that it runs out. */
  isWarned = false;
  /** What its frames beside messages have spent. */
  spentUntilUs: SpentUntilUs | undefined;
  /** The user may take another one while this is open. */
  username: string;
  #socket: Socket | undefined;
  #ending: CloseCode | undefined;
  #isOpen = false;

  constructor(connected: Connected) {
    this.actor = connected.actor;
    this.username = connected.actor.username;
    this.conversationId = connected.conversationId;
    this.addressKey = connected.addressKey;
    this.keyId = connected.keyId;
    this.expiresAt = connected.expiresAt;
  }

  get id(): string {
    return this.actor.requestId;
  }

  /** Under the name that was heard last. */
  get user(): Member {
    return { id: this.actor.userId, username: this.username };
  }

  get sessionId(): SessionId {
    return this.actor.sessionId;
  }

  /** What it publishes to, and hears. */
  get topic(): string {
    return topicOf(this.conversationId);
  }

  /** Whether it was opened and is in the registry still; one that has ended since is, until its socket is gone. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  get isEnded(): boolean {
    return this.#ending !== undefined;
  }

  get backlogBytes(): number {
    return this.#isOpen ? (this.#socket?.getBufferedAmount() ?? 0) : 0;
  }

  /** Takes the socket once it is open. Ended before that, it is closed at once. */
  open(socket: Socket): void {
    this.#socket = socket;
    if (this.#ending === undefined) this.#isOpen = true;
    else socket.close(this.#ending);
  }

  /** Ends it; the first code counts. */
  end(code: CloseCode): void {
    if (this.#ending !== undefined) return;
    this.#ending = code;
    this.#socket?.close(code);
  }

  send(frame: ServerFrame): void {
    if (!this.isEnded) this.#socket?.send(JSON.stringify(frame));
  }

  /** Sends to the others of its conversation that are connected here. */
  tellOthers(frame: string): void {
    if (!this.isEnded) this.#socket?.publish(this.topic, frame);
  }
}

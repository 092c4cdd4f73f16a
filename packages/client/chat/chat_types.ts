/**
 * What a chat tells and what it is asked.
 *
 * @module
 */

import type { ChatMessage, ChatUser, FrameErrorCode } from "@postern/wire";
import type { Dial } from "./dial.ts";
import type { Entrance } from "./entrance.ts";
import type { Stored } from "./outbox.ts";

/**
 * Why no connection will come any more. `signed_out`: the session ended, or nobody is signed in;
 * `forbidden`: no member, no such conversation, or an Origin that is not allowed; `refused`: the
 * server did not understand this client; `closed`: the caller closed it.
 */
export type EndReason = "signed_out" | "forbidden" | "refused" | "closed";

/** How a chat stands. */
export type ChatState =
  | { readonly name: "connecting" }
  | { readonly name: "open"; readonly user: ChatUser }
  | {
      readonly name: "reconnecting";
      /** How many tries have failed in a row. */
      readonly attempt: number;
      /** Milliseconds from the start of this state until the next one. */
      readonly waitMs: number;
      /** Whether the server closed since too much was sent, so that waiting is what it asks for. */
      readonly isHeldBack: boolean;
    }
  | { readonly name: "ended"; readonly reason: EndReason };

/** A piece of history to ask for; without bounds the newest. */
export interface HistoryAsk {
  readonly before?: number;
  readonly after?: number;
  readonly limit?: number;
}

/** A piece of history, ascending; `more` says whether it goes on in the direction asked for. */
export type HistoryPiece =
  | { readonly ok: true; readonly messages: readonly ChatMessage[]; readonly more: boolean }
  | { readonly ok: false; readonly code: "ended" };

/** A message on its way. */
export interface Sending {
  readonly id: string;
  /** Answered when the message is stored, however many connections that takes. */
  readonly stored: Promise<Stored>;
}

/** What a chat tells. None of these may throw. */
export interface ChatEars {
  /** Each message once, in order, one's own too. */
  message(message: ChatMessage): void;
  state?(state: ChatState): void;
  presence?(user: ChatUser, isOnline: boolean): void;
  typing?(user: ChatUser): void;
  /** A frame of this client that the server did not take. */
  problem?(code: FrameErrorCode, detail: string): void;
}

/** Runs work later. */
export interface Timers {
  /** @returns What calls it off. */
  after(waitMs: number, work: () => void): () => void;
}

/** What a chat needs. */
export interface ChatOptions {
  readonly conversation: string;
  /** Origin of the server, such as `https://id.example.org`; a page gives its own. */
  readonly baseUrl: string;
  readonly entrance: Entrance;
  readonly ears: ChatEars;
  /** `seq` of the last message that the caller has; without it, only new messages are told. */
  readonly after?: number;
  readonly dial: Dial;
  readonly timers: Timers;
  /** Milliseconds of a clock that may start anywhere. */
  readonly now: () => number;
  /** A random number, from 0 up to but not including 1. */
  readonly random: () => number;
  /** A new UUID. */
  readonly newId: () => string;
}

/** A conversation that one takes part in. */
export interface Chat {
  readonly state: ChatState;
  /**
   * Sends a message of 1 to 4000 code points, now or when there is a connection.
   *
   * @param id Of an earlier sending of this text that was answered `ended`: if it was stored after
   *   all, it is not stored again. Without it the message is a new one.
   */
  send(text: string, id?: string): Sending;
  /** Tells that one is typing, if there is a connection. */
  typing(): void;
  /** Asks for history; answered when there is a connection. */
  history(ask: HistoryAsk): Promise<HistoryPiece>;
  /** Tries at once where it waits to reconnect, such as when the network is back. Not while it is held back. */
  hurry(): void;
  /** Ends it. What waits is answered `ended`. */
  close(): void;
}

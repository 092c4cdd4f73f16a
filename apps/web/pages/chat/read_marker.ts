/**
 * Tells the server up to where a conversation was read: not for each message, and not once more what
 * it knows.
 *
 * @module
 */

import { api } from "../../browser/api.ts";
import { noteSeen } from "./use_conversations.ts";

/** How long to wait for more to be read, milliseconds. */
const GATHER_MS = 300;

/** How long to wait after a call that failed, milliseconds. */
const FAILED_MS = 5_000;

/** The marker of one conversation. */
export class ReadMarker {
  readonly #conversation: string;
  #known: number;
  #seen: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * Makes it.
   *
   * @param known Up to where the server knows that it was read.
   */
  constructor(conversation: string, known: number) {
    this.#conversation = conversation;
    this.#known = known;
    this.#seen = known;
  }

  /** Notes what was read; told soon. */
  note(seq: number): void {
    this.#seen = Math.max(this.#seen, seq);
    noteSeen(this.#conversation, this.#seen);
    this.#schedule(GATHER_MS);
  }

  /** Tells at once what is left to tell, since the conversation is left. */
  leave(): void {
    clearTimeout(this.#timer);
    if (this.#seen > this.#known) void this.#tell();
  }

  #schedule(waitMs: number): void {
    if (this.#seen <= this.#known || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => void this.#tellAndGoOn(), waitMs);
  }

  async #tellAndGoOn(): Promise<void> {
    const isTold = await this.#tell();
    this.#timer = undefined;
    this.#schedule(isTold ? GATHER_MS : FAILED_MS);
  }

  async #tell(): Promise<boolean> {
    const seq = this.#seen;
    const answer = await api.markRead(this.#conversation, { seq });
    if (answer.ok) this.#known = Math.max(this.#known, seq);
    return answer.ok;
  }
}

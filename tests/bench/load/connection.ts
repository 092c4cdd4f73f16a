/**
 * One connection to a server, with one request at a time under way.
 *
 * @module
 */

import type { Socket } from "bun";
import { type HttpAnswer, ResponseReader } from "./response_reader.ts";

/** Where to connect, and whom to tell. */
export interface ConnectionOptions {
  readonly hostname: string;
  readonly port: number;
  /** Takes an answer and how long it took, milliseconds. The next request may be sent from within. */
  readonly onAnswer: (connection: Connection, answer: HttpAnswer, latencyMs: number) => void;
  /** Called when no more answers will come. */
  readonly onFailure: (cause: unknown) => void;
}

/** A connection that stays open. */
export class Connection {
  /** Number of the connection, from 0. */
  readonly index: number;
  readonly #options: ConnectionOptions;
  readonly #reader = new ResponseReader();
  #socket: Socket | undefined;
  #sentAt = 0;
  #isWaiting = false;

  private constructor(options: ConnectionOptions, index: number) {
    this.#options = options;
    this.index = index;
  }

  /** Opens a connection. */
  static async open(options: ConnectionOptions, index: number): Promise<Connection> {
    const connection = new Connection(options, index);
    const { hostname, port } = options;
    const socket = {
      data: (_socket: Socket, chunk: Buffer) => connection.#take(chunk),
      close: () => connection.#noteClosed(),
      error: (_socket: Socket, cause: Error) => options.onFailure(cause),
    };
    connection.#use(await Bun.connect({ hostname, port, socket }));
    return connection;
  }

  /** Whether an answer is due. */
  get isWaiting(): boolean {
    return this.#isWaiting;
  }

  /** Sends a request. One at a time. */
  send(request: Uint8Array): void {
    this.#isWaiting = true;
    this.#sentAt = performance.now();
    const written = this.#socket?.write(request) ?? 0;
    if (written === request.length) return;
    this.#options.onFailure(new Error(`Cannot send ${request.length} bytes: took ${written}`));
  }

  /** Closes it. */
  close(): void {
    this.#isWaiting = false;
    this.#socket?.end();
  }

  #use(socket: Socket): void {
    this.#socket = socket;
  }

  #take(chunk: Buffer): void {
    const answer = this.#reader.read(chunk);
    if (answer === undefined) return;
    this.#isWaiting = false;
    this.#options.onAnswer(this, answer, performance.now() - this.#sentAt);
  }

  #noteClosed(): void {
    if (!this.#isWaiting) return;
    this.#options.onFailure(new Error("Cannot go on: the server closed a connection"));
  }
}

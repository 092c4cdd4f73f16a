/**
 * A connection to Redis that is looked after: while it is up, answers come soon; while it is not,
 * whoever asks is told so at once.
 *
 * Each connection is a client of its own that never reconnects by itself. Bun's client (1.4.5) does
 * not say when it does, loses its subscriptions then, and lets what was asked of a server that hangs
 * wait for ever.
 *
 * @module
 */

import { RedisClient } from "bun";
import { within } from "../../within.ts";

/** How long connecting may take, milliseconds. */
const CONNECT_MAX_MS = 1_000;

/** How often the server is asked whether it is there, and how long its answer may take, milliseconds. */
const BEAT_EVERY_MS = 250;
const BEAT_MAX_MS = 500;

/** A process that was busy itself reads first what has come meanwhile, milliseconds. */
const GRACE_MS = 50;

/** From the first attempt to connect anew to the next, milliseconds; doubled up to the most. */
const RETRY_MS = { first: 50, most: 1_000 } as const;

/** A connection that comes back by itself. */
export interface RedisLink {
  readonly isUp: boolean;
  /** Asks the server. Rejects at once while it is away, and as soon as it is found to be. */
  send(command: string, args: string[]): Promise<unknown>;
  /** Resolves once the first attempt to connect has succeeded or failed. */
  readonly tried: Promise<void>;
  close(): void;
}

/** How it is made, and what it tells. */
export interface RedisLinkOptions {
  readonly url: string;
  /** Readies a new connection, such as by subscribing, before it counts as up. */
  readonly prepare?: (client: RedisClient) => Promise<void>;
  readonly onUp?: () => void;
  readonly onDown?: () => void;
}

/** Begins to connect, and goes on until it is closed. */
export function createRedisLink(options: RedisLinkOptions): RedisLink {
  const { promise: tried, resolve: settle } = Promise.withResolvers<void>();
  let current: RedisClient | undefined;
  let isUp = false;
  let isClosed = false;

  function note(up: boolean): void {
    settle();
    if (up === isUp) return;
    isUp = up;
    if (isClosed) return;
    if (up) options.onUp?.();
    else options.onDown?.();
  }

  /** Connects, and stays until the connection is lost. @returns whether it was up. */
  async function liveOnce(): Promise<boolean> {
    const lost = Promise.withResolvers<void>();
    const client = new RedisClient(options.url, {
      connectionTimeout: CONNECT_MAX_MS,
      autoReconnect: false,
      enableOfflineQueue: false,
    });
    client.onclose = () => lost.resolve();
    try {
      await within(CONNECT_MAX_MS + GRACE_MS, client.connect());
      await within(CONNECT_MAX_MS, options.prepare?.(client) ?? Promise.resolve());
      if (isClosed) return false;
      current = client;
      note(true);
      await Promise.race([lost.promise, untilSilent(client)]);
      return true;
    } catch {
      // What went wrong is not told: the text of an error could quote the address with its password.
      return false;
    } finally {
      current = undefined;
      note(false);
      client.close();
    }
  }

  void again(liveOnce, () => isClosed);
  return {
    get isUp() {
      return isUp;
    },
    send: async (command, args) => {
      if (current === undefined) throw new TypeError(`Cannot ask Redis to ${command}: it is away`);
      return await current.send(command, args);
    },
    tried,
    close() {
      isClosed = true;
      current?.close();
    },
  };
}

/** Lives one life after the other. */
async function again(liveOnce: () => Promise<boolean>, isClosed: () => boolean): Promise<void> {
  let waitMs: number = RETRY_MS.first;
  while (!isClosed()) {
    const wasUp = await liveOnce();
    waitMs = wasUp ? RETRY_MS.first : Math.min(waitMs * 2, RETRY_MS.most);
    if (!isClosed()) await Bun.sleep(waitMs);
  }
}

/** Asks again and again, and ends when no answer comes. */
async function untilSilent(client: RedisClient): Promise<void> {
  while (client.connected) {
    await Bun.sleep(BEAT_EVERY_MS);
    const answer = client.send("PING", []).then(
      () => true,
      () => false,
    );
    const isThere = await Promise.race([answer, Bun.sleep(BEAT_MAX_MS)]);
    if (isThere !== true && (await Promise.race([answer, Bun.sleep(GRACE_MS)])) !== true) return;
  }
}

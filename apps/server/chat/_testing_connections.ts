/**
 * Connections for tests, which keep what they are told; and processes of them at one bus.
 *
 * @module
 */

import type { SessionId, UserId } from "@postern/auth";
import type { ConversationId } from "@postern/chat";
import { epochMs } from "@postern/std";
import type { Bus } from "../bus_port.ts";
import { Connection, type Socket } from "./connection.ts";
import { createSocketRegistry, type SocketRegistry } from "./socket_registry.ts";

/** A conversation. */
export const ROOM = "0190c4a1-7d1e-4c6e-8a55-3f0b1f9b2c11" as ConversationId;

/** When connections end that are not renewed. */
export const ENDS = epochMs(1_780_000_000_000);

/** A connection, and what its socket was told: frames, and the code that closed it. */
export interface Told {
  readonly connection: Connection;
  readonly told: unknown[];
  /** Topics that it listens to. */
  readonly topics: Set<string>;
  /** For `Connection.open`. */
  readonly socket: Socket;
}

/** Makes one that is not open yet. */
export function makeConnection(userId = 1, addressKey = "a"): Told {
  const connection = new Connection({
    actor: {
      type: "user",
      requestId: crypto.randomUUID(),
      ip: null,
      userAgent: null,
      userId: userId as UserId,
      username: `user${userId}`,
      role: null,
      sessionId: "s" as SessionId,
      signedInAt: epochMs(0),
    },
    conversationId: ROOM,
    addressKey,
    keyId: null,
    expiresAt: ENDS,
  });
  const told: unknown[] = [];
  const topics = new Set<string>();
  const socket: Socket = {
    send: (text) => told.push(JSON.parse(text)),
    close: (code) => told.push(code),
    subscribe: (topic) => void topics.add(topic),
    publish: () => 0,
    getBufferedAmount: () => 0,
  };
  return { connection, told, topics, socket };
}

/** A process: its place at the bus, its registry, and how it publishes to its connections. */
export interface Process {
  readonly bus: Bus;
  readonly sockets: SocketRegistry;
  publish(topic: string, text: string): void;
  /** Lets somebody in, open and listening. */
  enter(userId?: number): Told;
}

/** Makes one. */
export function makeProcess(bus: Bus): Process {
  const sockets = createSocketRegistry();
  const all = new Set<Told>();
  return {
    bus,
    sockets,
    publish(topic, text) {
      for (const { topics, told } of all) if (topics.has(topic)) told.push(JSON.parse(text));
    },
    enter(userId) {
      const made = makeConnection(userId);
      all.add(made);
      sockets.add(made.connection);
      made.connection.open(made.socket);
      made.topics.add(made.connection.topic);
      return made;
    },
  };
}

/** Lets everything that waits for nothing but its turn have it. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Bun.sleep(0);
}

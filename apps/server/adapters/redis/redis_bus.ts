/**
 * The bus over Redis: a channel for each topic, which every process of one server subscribes to.
 *
 * A connection that has subscribed takes no other commands, so this has one of its own. Channels know no
 * databases: servers that share a Redis are kept apart by their namespace.
 *
 * @see Redis, "Pub/Sub"
 * @module
 */

import type { RedisClient } from "bun";
import { BUS_TOPICS, type Bus, type BusEar, type BusTopic } from "../../bus_port.ts";
import type { Log } from "../../log_port.ts";
import { createRedisLink, type RedisLink } from "./redis_link.ts";

/** A bus, and how it is told of the connection that it publishes by. */
export interface RedisBus extends Bus {
  /** To be called when the connection for commands has come up or gone. */
  commandsChanged(): void;
}

/** What it is made with. */
export interface RedisBusOptions {
  readonly url: string;
  /** Begins the name of each channel. */
  readonly namespace: string;
  /** The connection that it publishes by. */
  readonly commands: Pick<RedisLink, "isUp" | "send">;
  readonly log: Pick<Log, "warn">;
}

/** Between a place's id and what it says. Ids have none. */
const SEPARATOR = " ";

/** Makes a place at the bus, and begins to connect. */
export function createRedisBus({ url, namespace, commands, log }: RedisBusOptions): RedisBus {
  const id = crypto.randomUUID();
  const ears = new Map<string, Set<BusEar>>(
    BUS_TOPICS.map((topic) => [channelOf(namespace, topic), new Set()]),
  );
  const connectedEars = new Set<() => void>();
  let wasConnected = false;
  let isClosed = false;

  function hear(text: string, channel: string): void {
    const end = text.indexOf(SEPARATOR);
    const from = text.slice(0, end);
    if (isClosed || end < 0 || from === id) return;
    try {
      for (const ear of ears.get(channel) ?? []) ear(text.slice(end + 1), from);
    } catch (cause) {
      // Whoever may write to Redis may write anything.
      log.warn("bus: not understood", { cause });
    }
  }

  const link = createRedisLink({
    url,
    prepare: async (client: RedisClient) => void (await client.subscribe([...ears.keys()], hear)),
    onUp: changed,
    onDown: changed,
  });

  function changed(): void {
    const isConnected = link.isUp && commands.isUp && !isClosed;
    if (isConnected === wasConnected) return;
    wasConnected = isConnected;
    if (isConnected) for (const ear of connectedEars) ear();
  }

  return {
    id,
    get isConnected() {
      return wasConnected;
    },
    publish(topic, text) {
      if (isClosed || !commands.isUp) return;
      const sent = commands.send("PUBLISH", [
        channelOf(namespace, topic),
        `${id}${SEPARATOR}${text}`,
      ]);
      sent.catch(() => undefined);
    },
    subscribe: (topic, ear) => void ears.get(channelOf(namespace, topic))?.add(ear),
    onConnected(ear) {
      connectedEars.add(ear);
      if (wasConnected) queueMicrotask(ear);
    },
    commandsChanged: changed,
    close() {
      isClosed = true;
      changed();
      link.close();
    },
  };
}

function channelOf(namespace: string, topic: BusTopic): string {
  return `${namespace}${topic}`;
}

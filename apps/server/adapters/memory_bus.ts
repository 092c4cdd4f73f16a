/**
 * A bus within one process: what a server without Redis has, alone at it.
 *
 * @module
 */

import { BUS_TOPICS, type Bus, type BusEar, type BusTopic } from "../bus_port.ts";

/** A bus that places can be taken at. */
export interface MemoryBus {
  /** Takes another place. */
  join(): Bus;
}

type Ears = Readonly<Record<BusTopic, Set<BusEar>>>;

/** Makes one without places. */
export function createMemoryBus(): MemoryBus {
  const places = new Map<string, Ears>();

  function tellOthers(from: string, topic: BusTopic, text: string): void {
    for (const [id, ears] of places) {
      if (id === from) continue;
      // Later, as with any other bus: whoever publishes is not called back meanwhile.
      for (const ear of ears[topic]) queueMicrotask(() => places.has(id) && ear(text, from));
    }
  }

  return {
    join() {
      const id = crypto.randomUUID();
      const ears = noEars();
      places.set(id, ears);
      return {
        id,
        get isConnected() {
          return places.has(id);
        },
        publish(topic, text) {
          if (places.has(id)) tellOthers(id, topic, text);
        },
        subscribe: (topic, ear) => void ears[topic].add(ear),
        onConnected: (ear) => queueMicrotask(() => places.has(id) && ear()),
        close: () => void places.delete(id),
      };
    },
  };
}

function noEars(): Ears {
  return Object.fromEntries(BUS_TOPICS.map((topic) => [topic, new Set<BusEar>()])) as Record<
    BusTopic,
    Set<BusEar>
  >;
}

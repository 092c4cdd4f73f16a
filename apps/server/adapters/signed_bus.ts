/**
 * A bus whose texts are signed with a key of this server's, so that nobody who merely reaches what carries
 * them can tell connections anything, or have messages passed over.
 *
 * It does not hide what is said, and one text may be heard again: ears take a repetition for one.
 *
 * @module
 */

import type { Bus, BusTopic } from "../bus_port.ts";
import type { Log } from "../log_port.ts";
import { equalTexts, hmac } from "./crypto.ts";

/** What it is made with. */
export interface SignedBusOptions {
  readonly bus: Bus;
  /** The same in every process of the server, and used for nothing else. */
  readonly key: Uint8Array;
  readonly log: Pick<Log, "warn">;
}

/** Between a signature and what is signed. Signatures have none. */
const SEPARATOR = " ";

/** Signs what is published, for its topic and place, and passes over what is not signed. */
export function signBus({ bus, key, log }: SignedBusOptions): Bus {
  function sign(topic: BusTopic, from: string, text: string): string {
    return hmac(key, [topic, from, text].join(SEPARATOR));
  }

  return {
    id: bus.id,
    get isConnected() {
      return bus.isConnected;
    },
    publish(topic, text) {
      bus.publish(topic, sign(topic, bus.id, text) + SEPARATOR + text);
    },
    subscribe(topic, ear) {
      bus.subscribe(topic, (signed, from) => {
        const end = signed.indexOf(SEPARATOR);
        const text = signed.slice(end + 1);
        if (end > 0 && equalTexts(signed.slice(0, end), sign(topic, from, text))) ear(text, from);
        else log.warn("bus: not signed by this server", { topic });
      });
    },
    onConnected: (ear) => bus.onConnected(ear),
    close: () => bus.close(),
  };
}

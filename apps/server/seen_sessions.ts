/**
 * Which sessions were used lately: gathered here, written down together.
 *
 * @module
 */

import type { AuthStore, SessionId } from "@postern/auth";
import { type Clock, type EpochMs, seconds } from "@postern/std";
import type { Log } from "./log_port.ts";

/** How often what was gathered is written down, milliseconds. */
const FLUSH_EVERY_MS = seconds(20);

/** Gathers which sessions were used. */
export interface SeenSessions {
  note(id: SessionId): void;
  /** When a session was used last, where that is not written down yet. */
  at(id: SessionId): EpochMs | undefined;
  /** Writes down what was gathered. */
  flush(): Promise<void>;
  /** Stops gathering, and writes down the rest. */
  close(): Promise<void>;
}

/** What gathering needs. */
export interface SeenSessionsDeps {
  readonly clock: Clock;
  readonly store: Pick<AuthStore, "bookkeeping">;
  readonly log: Log;
}

/** Begins to gather. */
export function gatherSeenSessions(deps: SeenSessionsDeps): SeenSessions {
  let gathered = new Map<SessionId, EpochMs>();

  async function flush(): Promise<void> {
    if (gathered.size === 0) return;
    const seen = gathered;
    gathered = new Map();
    try {
      await deps.store.bookkeeping.touchSessions(seen);
    } catch (cause) {
      // Not lost: the newer of two times counts, and a session that is still in use is noted again.
      gathered = new Map([...seen, ...gathered]);
      deps.log.warn("sessions not marked as seen", { cause });
    }
  }

  const timer = setInterval(flush, FLUSH_EVERY_MS);
  timer.unref();
  return {
    note: (id) => void gathered.set(id, deps.clock.now()),
    at: (id) => gathered.get(id),
    flush,
    async close() {
      clearInterval(timer);
      await flush();
    },
  };
}

/**
 * Whether the server is there, as far as the last that was heard of it tells.
 *
 * @module
 */

import type { StateStore } from "../state_store.ts";

/** How often the page is told when the server was last heard, while it is. */
const TELL_EVERY_MS = 5_000;

/** Notes what is heard of the server. */
export interface Connection {
  heard(): void;
  broken(): void;
}

/** Watches it. */
export function createConnection(state: StateStore): Connection {
  let heardAt: number | null = null;
  return {
    heard() {
      heardAt = Date.now();
      const { connection, lastSeenAt } = state.get();
      const isNews = connection !== "online" || heardAt - (lastSeenAt ?? 0) > TELL_EVERY_MS;
      if (isNews) state.change({ connection: "online", lastSeenAt: heardAt });
    },
    broken() {
      if (state.get().connection === "signed_out") return;
      state.change({
        connection: "offline",
        ...(heardAt === null ? {} : { lastSeenAt: heardAt }),
      });
    },
  };
}

/**
 * Puts limits and blocked addresses in force as they are stored; connections and streams from the latter end.
 *
 * @module
 */

import { type AuthStore, readAddressBlocks } from "@postern/auth";
import type { Clock } from "@postern/std";
import type { AdminStreams } from "./admin_streams_port.ts";
import type { SocketRegistry } from "./chat/socket_registry.ts";
import type { BlockedAddresses } from "./http/blocked_addresses.ts";
import { createLatestReading } from "./latest_reading.ts";
import type { LiveLimiter } from "./limiter.ts";

/** What is read, and what is told. */
export interface ReloadLimitsDeps {
  readonly clock: Clock;
  readonly store: AuthStore;
  readonly limiter: LiveLimiter;
  readonly blocked: BlockedAddresses;
  readonly streams: Pick<AdminStreams, "recheck">;
  readonly sockets: Pick<SocketRegistry, "endAddresses">;
}

/** Makes what reads them. */
export function createReloadLimits(deps: ReloadLimitsDeps): () => Promise<void> {
  return createLatestReading(
    async () => ({
      limits: await deps.store.listLimits(),
      blocks: await readAddressBlocks(deps, deps.clock.now()),
    }),
    ({ limits, blocks }) => {
      deps.limiter.replace(limits);
      deps.blocked.replace(blocks);
      if (blocks.length === 0) return;
      deps.sockets.endAddresses((ip) => deps.blocked.holds({ caller: { ip } }));
      deps.streams.recheck();
    },
  );
}

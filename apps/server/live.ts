/**
 * What is kept in memory of the store while the server runs, and how it is told of changes.
 *
 * Made before the store, whose writes it must hear of from the first on.
 *
 * @module
 */

import type { Change, UserId } from "@postern/auth";
import type { Clock } from "@postern/std";
import type { AdminStreams } from "./admin_streams_port.ts";
import { type Changes, createChanges } from "./apply_changes.ts";
import type { Bus } from "./bus_port.ts";
import { createSocketRegistry, type SocketRegistry } from "./chat/socket_registry.ts";
import type { Core } from "./compose.ts";
import type { WrittenBook } from "./decision_book_port.ts";
import { type BlockedAddresses, createBlockedAddresses } from "./http/blocked_addresses.ts";
import { createWarmSessions, type WarmSessions } from "./http/warm_sessions.ts";
import { createLatestReading } from "./latest_reading.ts";
import type { LiveLimiter } from "./limiter.ts";
import type { SettingsInForce } from "./live_settings.ts";
import type { Log } from "./log_port.ts";
import type { Owed } from "./owed_readings.ts";
import { createReloadLimits } from "./reload_limits.ts";
import { resealAll } from "./reseal_all.ts";

/** Most credentials that are remembered: some 50 MB. */
const WARM_LIMIT = 50_000;

/** What is kept in memory. */
export interface Live {
  readonly warm: WarmSessions;
  readonly limiter: LiveLimiter;
  readonly sockets: SocketRegistry;
  readonly settings: SettingsInForce;
  readonly blocked: BlockedAddresses;
  readonly streams: AdminStreams;
  readonly decisions: WrittenBook;
  wakeMail: () => void;
  forgetProviders: () => void;
  observeCommit: (durationMs: number) => void;
  /** Puts limits and blocked addresses in force as they are stored now. */
  reloadLimits: () => Promise<void>;
  /** Puts settings in force as they are stored now. */
  reloadSettings: () => Promise<void>;
  /** Acts on what was committed. */
  onCommit(changes: readonly Change[]): void;
  /** Reads what has to be known, and begins to listen for changes of others. */
  start(core: Core): Promise<void>;
  /** What was changed and could not be read yet. */
  owed(): readonly Owed[];
  stop(): void;
}

/** What it is made with. */
export interface LiveDeps {
  readonly clock: Clock;
  readonly limiter: LiveLimiter;
  readonly settings: SettingsInForce;
  readonly streams: AdminStreams;
  readonly decisions: WrittenBook;
  /** By which other processes are told at once that something changed. What, is in the store. */
  readonly bus: Bus;
  readonly log: Log;
}

/** Makes what is kept in memory, empty. */
export function createLive(deps: LiveDeps): Live {
  const { clock, limiter, settings, streams, decisions, bus, log } = deps;
  const warm = createWarmSessions(clock, WARM_LIMIT);
  const sockets = createSocketRegistry();
  const blocked = createBlockedAddresses(clock);
  let changes: Changes | undefined;
  const live: Live = {
    warm,
    limiter,
    sockets,
    settings,
    blocked,
    streams,
    decisions,
    wakeMail: () => undefined,
    forgetProviders: () => undefined,
    observeCommit: () => undefined,
    reloadLimits: async () => undefined,
    reloadSettings: async () => undefined,
    onCommit(committed) {
      changes?.apply(committed);
      streams.committed();
      if (committed.some(({ kind }) => kind !== "mail_queued")) bus.publish("changes", "");
    },
    async start(core) {
      const reloadLimits = createReloadLimits({ ...core, limiter, blocked, sockets, streams });
      const reloadSettings = createLatestReading(
        () => core.store.readSettings(),
        (stored) => settings.replace(stored),
      );
      live.reloadLimits = reloadLimits;
      live.reloadSettings = reloadSettings;
      changes = createChanges({
        ...core,
        warm,
        sockets,
        streams,
        reloadLimits,
        reloadSettings,
        reseal: () => resealAll({ ...core, log }),
        renameSockets: (userId) => renameSockets(core, sockets, userId),
        wakeMail: () => live.wakeMail(),
        forgetProviders: () => live.forgetProviders(),
        log,
      });
      await Promise.all([reloadLimits(), reloadSettings()]);
      changes.start();
      bus.subscribe("changes", () => changes?.look());
      bus.onConnected(() => changes?.look());
    },
    owed: () => changes?.owed() ?? [],
    stop: () => changes?.stop(),
  };
  return live;
}

async function renameSockets(
  { store }: Pick<Core, "store">,
  sockets: SocketRegistry,
  userId: UserId,
): Promise<void> {
  if (sockets.ofUser(userId) === 0) return;
  const user = await store.findUser(userId);
  if (user !== null) sockets.rename(userId, user.username);
}

/**
 * What this process forgets, or reads anew, when something changed: at once for its own writes, and
 * within a second for those of other instances and of the operator's commands.
 *
 * Where it cannot learn of changes it soon remembers nothing, since what it remembers may be wrong.
 *
 * @module
 */

import type { Bookkeeping, Change, UserId } from "@postern/auth";
import { type Clock, type EpochMs, seconds } from "@postern/std";
import { CLOSE_CODES } from "@postern/wire";
import type { AdminStreams } from "./admin_streams_port.ts";
import type { SocketRegistry } from "./chat/socket_registry.ts";
import type { WarmSessions } from "./http/warm_sessions.ts";
import type { KeyRings } from "./key_rings_port.ts";
import type { Log } from "./log_port.ts";
import { createOwedReadings, type Owed, type OwedReadings } from "./owed_readings.ts";
import { within } from "./within.ts";

/**
 * How often changes of others are looked for. The contract gives a second until the last connection is
 * closed; ending ten thousand takes half of it, and a look that finds nothing costs 0.1 ms.
 */
const POLL_EVERY_MS = seconds(0.2);

/** How long the database may take for one reading. */
const READ_MAX_MS = seconds(2);

/** How long changes may not be learnt of until nothing is remembered any more. */
const BLIND_MAX_MS = seconds(2);

/** What changes reach. */
export interface ApplyChangesDeps {
  readonly clock: Clock;
  readonly store: { readonly bookkeeping: Pick<Bookkeeping, "changesAfter"> };
  /** Where to go on from: read before anything that changes tell of was. */
  readonly changesFrom: number;
  readonly warm: Pick<WarmSessions, "forgetSession" | "forgetUser" | "forgetAll">;
  readonly rings: Pick<KeyRings, "reload" | "signing">;
  readonly sockets: Pick<SocketRegistry, "endSession" | "endMember" | "endOtherKeys" | "endAll">;
  readonly streams: Pick<AdminStreams, "recheck">;
  /** Reads limits and blocked addresses anew, and puts them in force. */
  readonly reloadLimits: () => Promise<void>;
  /** Reads settings anew. */
  readonly reloadSettings: () => Promise<void>;
  /** Seals anew what older keys sealed; may take minutes. Does not throw. */
  readonly reseal: () => Promise<void>;
  /** Has a user's open connections speak under the name that the user has by now. */
  readonly renameSockets: (userId: UserId) => Promise<void>;
  readonly wakeMail: () => void;
  /** What pages show of providers is read anew when it is asked for. */
  readonly forgetProviders: () => void;
  readonly log: Pick<Log, "warn" | "error">;
}

/** Applies changes. */
export interface Changes {
  /** Forgets what a change makes wrong, and begins to read anew what has to be. Does not throw. */
  apply(changes: readonly Change[]): void;
  /** Begins to look for changes of others. */
  start(): void;
  /** Looks at once, for somebody has told that there are some. Does not throw. */
  look(): void;
  /** What was changed and could not be read yet. It is tried again at each look. */
  owed(): readonly Owed[];
  stop(): void;
}

/** Makes what applies changes. */
export function createChanges(deps: ApplyChangesDeps): Changes {
  const owed = createOwedReadings({
    read: (what) => read(deps, what),
    onFailure: (what, cause) => deps.log.error("changes not read", { what, cause }),
  });
  let position = deps.changesFrom;
  let timer: Timer | undefined;
  let isPolling = false;
  let isToldMeanwhile = false;
  let lastSeenAt: EpochMs = deps.clock.now();

  async function poll(): Promise<void> {
    isPolling = true;
    isToldMeanwhile = false;
    try {
      const look = deps.store.bookkeeping.changesAfter(position);
      const found = await within(READ_MAX_MS, look);
      position = found.position;
      lastSeenAt = deps.clock.now();
      owed.retry();
      if (found.isGap) forgetEverything(deps, owed);
      applyAll(deps, owed, found.changes);
    } catch (cause) {
      deps.log.warn("changes not looked for", { cause });
      if (deps.clock.now() - lastSeenAt >= BLIND_MAX_MS) forgetEverybody(deps);
    } finally {
      isPolling = false;
      if (timer !== undefined) schedule(isToldMeanwhile ? 0 : POLL_EVERY_MS);
    }
  }

  function schedule(waitMs: number): void {
    clearTimeout(timer);
    timer = setTimeout(poll, waitMs);
  }

  return {
    apply: (changes) => applyAll(deps, owed, changes),
    start: () => schedule(POLL_EVERY_MS),
    look() {
      if (isPolling) isToldMeanwhile = true;
      else if (timer !== undefined) schedule(0);
    },
    owed: owed.failed,
    stop() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}

function applyAll(deps: ApplyChangesDeps, owed: OwedReadings, changes: readonly Change[]): void {
  const anew = new Set<Owed>();
  for (const change of changes) {
    const what = applyOne(deps, change);
    if (what !== null) anew.add(what);
  }
  for (const what of anew) owed.owe(what);
}

/** For changes that nobody can tell of any more. */
function forgetEverything(deps: ApplyChangesDeps, owed: OwedReadings): void {
  forgetEverybody(deps);
  deps.wakeMail();
  owed.owe("keys");
  owed.owe("limits");
  owed.owe("settings");
}

/** Whoever was let in before may have been shut out meanwhile. Connections come back, and are looked at anew. */
function forgetEverybody(deps: ApplyChangesDeps): void {
  const { warm, sockets, streams, forgetProviders } = deps;
  warm.forgetAll();
  streams.recheck();
  forgetProviders();
  sockets.endAll(CLOSE_CODES.restart);
}

/** @returns what has to be read anew. */
function applyOne(deps: ApplyChangesDeps, change: Change): Owed | null {
  switch (change.kind) {
    case "session_ended":
      deps.warm.forgetSession(change.sessionId);
      deps.sockets.endSession(change.sessionId);
      deps.streams.recheck({ sessionId: change.sessionId });
      return null;
    case "user_changed":
      deps.warm.forgetUser(change.userId);
      deps.streams.recheck({ userId: change.userId });
      void renameSockets(deps, change.userId);
      return null;
    case "keys_changed":
      deps.warm.forgetAll();
      return "keys";
    case "limits_changed":
      return "limits";
    case "settings_changed":
      return "settings";
    case "providers_changed":
      deps.forgetProviders();
      return null;
    case "member_removed":
      deps.sockets.endMember(change.conversationId, change.userId);
      return null;
    case "mail_queued":
      deps.wakeMail();
      return null;
  }
}

async function renameSockets(deps: ApplyChangesDeps, userId: UserId): Promise<void> {
  try {
    await deps.renameSockets(userId);
  } catch (cause) {
    deps.log.warn("a user's name not read", { cause });
  }
}

async function read(deps: ApplyChangesDeps, what: Owed): Promise<void> {
  switch (what) {
    case "keys": {
      const loaded = await within(READ_MAX_MS, deps.rings.reload());
      if (!loaded.ok) throw new TypeError(`Cannot read the keys: ${loaded.error.message}`);
      // A token of a dropped key may have been verified and remembered while the keys were read.
      deps.warm.forgetAll();
      deps.sockets.endOtherKeys(deps.rings.signing().byId);
      void deps.reseal();
      return;
    }
    case "limits":
      await within(READ_MAX_MS, deps.reloadLimits());
      return;
    case "settings":
      await within(READ_MAX_MS, deps.reloadSettings());
      return;
  }
}

/**
 * What this process forgets, or reads anew, when something changed: at once for its own writes, and
 * within a second for those of other instances and of the operator's commands.
 *
 * @module
 */

import type { AuthStore, Change } from "@postern/auth";
import { type Clock, seconds } from "@postern/std";
import type { WarmSessions } from "./http/warm_sessions.ts";
import type { KeyRings } from "./key_rings_port.ts";
import type { Log } from "./log_port.ts";
import { resealAll } from "./reseal_all.ts";

/** How often changes of others are looked for: well within the second that the contract gives. */
const POLL_EVERY_MS = seconds(0.5);

/** What changes reach. */
export interface ApplyChangesDeps {
  readonly clock: Clock;
  readonly store: AuthStore;
  readonly warm: WarmSessions;
  readonly rings: KeyRings;
  /** Reads limits and blocked addresses anew. */
  readonly reloadLimits: () => Promise<void>;
  /** Reads settings anew. */
  readonly reloadSettings: () => Promise<void>;
  readonly wakeMail: () => void;
  readonly log: Log;
}

/** Applies changes. */
export interface Changes {
  /** Forgets what a change makes wrong, and begins to read anew what has to be. Does not throw. */
  apply(changes: readonly Change[]): void;
  /** Begins to look for changes of others. */
  start(): Promise<void>;
  stop(): void;
}

/** Makes what applies changes. */
export function createChanges(deps: ApplyChangesDeps): Changes {
  let position = 0;
  let timer: Timer | undefined;
  const apply = (changes: readonly Change[]) => applyAll(deps, changes);

  async function poll(): Promise<void> {
    try {
      const found = await deps.store.bookkeeping.changesAfter(position);
      position = found.position;
      apply(found.changes);
    } catch (cause) {
      deps.log.warn("changes not looked for", { cause });
    } finally {
      if (timer !== undefined) schedule();
    }
  }

  function schedule(): void {
    timer = setTimeout(poll, POLL_EVERY_MS);
  }

  return {
    apply,
    async start() {
      position = (await deps.store.bookkeeping.changesAfter(Number.MAX_SAFE_INTEGER)).position;
      schedule();
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}

type Anew = "keys" | "limits" | "settings";

function applyAll(deps: ApplyChangesDeps, changes: readonly Change[]): void {
  const anew = new Set<Anew>();
  for (const change of changes) {
    const what = applyOne(deps, change);
    if (what !== null) anew.add(what);
  }
  if (anew.size > 0) void readAnew(deps, anew);
}

/** @returns what has to be read anew. */
function applyOne(deps: ApplyChangesDeps, change: Change): Anew | null {
  switch (change.kind) {
    case "session_ended":
      deps.warm.forgetSession(change.sessionId);
      return null;
    case "user_changed":
      deps.warm.forgetUser(change.userId);
      return null;
    case "keys_changed":
      deps.warm.forgetAll();
      return "keys";
    case "limits_changed":
      return "limits";
    case "settings_changed":
      return "settings";
    case "providers_changed":
      // Nobody remembers providers: they are read where they are used.
      return null;
    case "mail_queued":
      deps.wakeMail();
      return null;
  }
}

async function readAnew(deps: ApplyChangesDeps, what: ReadonlySet<Anew>): Promise<void> {
  try {
    if (what.has("keys")) {
      const loaded = await deps.rings.reload();
      if (!loaded.ok) deps.log.error("keys not read", { detail: loaded.error.message });
      // A token of a dropped key may have been verified and remembered while the keys were read.
      deps.warm.forgetAll();
    }
    if (what.has("limits")) await deps.reloadLimits();
    if (what.has("settings")) await deps.reloadSettings();
    // Last, since it can take minutes.
    if (what.has("keys")) await resealAll(deps);
  } catch (cause) {
    deps.log.error("changes not read", { cause });
  }
}

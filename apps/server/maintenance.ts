/**
 * What is done now and then: rows that have run out go, keys that nothing depends on retire.
 *
 * @module
 */

import { type AuthStore, continueDeletions, retireKeys, SYSTEM } from "@postern/auth";
import { type Clock, minutes } from "@postern/std";
import type { Log } from "./log_port.ts";
import { resealAll } from "./reseal_all.ts";

/** How often, milliseconds. */
const EVERY_MS = minutes(10);

/** When first after a start, milliseconds: not while it is busiest. */
const FIRST_AFTER_MS = minutes(1);

/** What is looked after. */
export interface MaintenanceDeps {
  readonly clock: Clock;
  readonly store: AuthStore;
  readonly log: Log;
}

/** Begins to look after things. */
export function startMaintenance(deps: MaintenanceDeps): { stop(): void } {
  let timer = setTimeout(run, FIRST_AFTER_MS);
  let isStopped = false;

  async function run(): Promise<void> {
    try {
      await deps.store.bookkeeping.purge(deps.clock.now());
      const gone = await continueDeletions(deps, SYSTEM);
      for (const provider of gone) deps.log.info("provider deleted", { provider });
      await resealAll(deps);
      const retired = await retireKeys(deps);
      for (const { id, ring } of retired) deps.log.info("key retired", { ring, kid: id });
    } catch (cause) {
      // What is under way when the server stops finds the database closed, and goes on after a start.
      if (!isStopped) deps.log.error("maintenance failed", { cause });
    }
    if (!isStopped) timer = setTimeout(run, EVERY_MS);
  }

  return {
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}

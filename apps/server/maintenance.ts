/**
 * What is done now and then: rows that have run out go, providers that were being taken away go on
 * doing so, rings whose time has come are rotated, keys that nothing depends on retire, and refresh tokens that
 * were spent are forgotten once nobody may ask for their successor any more.
 *
 * @module
 */

import {
  type AuthStore,
  continueDeletions,
  type KeyMaker,
  retireKeys,
  rotateDueKeys,
  SYSTEM,
} from "@postern/auth";
import { type Clock, minutes, seconds } from "@postern/std";
import type { Log } from "./log_port.ts";
import { resealAll } from "./reseal_all.ts";

/** How often, milliseconds. */
const EVERY_MS = minutes(10);

/** When first after a start, milliseconds: not while it is busiest. */
const FIRST_AFTER_MS = minutes(1);

/** How often spent refresh tokens are forgotten, milliseconds: they are of use for ten seconds. */
const FORGET_EVERY_MS = seconds(5);

/** What is looked after. */
export interface MaintenanceDeps {
  readonly clock: Clock;
  readonly store: AuthStore;
  readonly keyMaker: KeyMaker;
  readonly log: Log;
}

/** Begins to look after things. */
export function startMaintenance(deps: MaintenanceDeps): { stop(): void } {
  const { bookkeeping } = deps.store;
  const loops = [
    startLoop(deps, { firstMs: FIRST_AFTER_MS, everyMs: EVERY_MS }, async () => {
      await bookkeeping.purge(deps.clock.now());
      const gone = await continueDeletions(deps, SYSTEM);
      for (const provider of gone) deps.log.info("provider deleted", { provider });
      for (const ring of await rotateDueKeys(deps)) deps.log.info("ring rotated", { ring });
      await resealAll(deps);
      const retired = await retireKeys(deps);
      for (const { id, ring } of retired) deps.log.info("key retired", { ring, kid: id });
    }),
    startLoop(deps, { firstMs: FORGET_EVERY_MS, everyMs: FORGET_EVERY_MS }, () =>
      bookkeeping.forgetSpentTokens(deps.clock.now()),
    ),
  ];
  return {
    stop() {
      for (const loop of loops) loop.stop();
    },
  };
}

/** Works, rests, and works again, whatever came of it. */
function startLoop(
  { log }: Pick<MaintenanceDeps, "log">,
  pace: { readonly firstMs: number; readonly everyMs: number },
  work: () => Promise<void>,
): { stop(): void } {
  let timer = setTimeout(run, pace.firstMs);
  let isStopped = false;

  async function run(): Promise<void> {
    try {
      await work();
    } catch (cause) {
      // What is under way when the server stops finds the database closed, and goes on after a start.
      if (!isStopped) log.error("maintenance failed", { cause });
    }
    if (!isStopped) timer = setTimeout(run, pace.everyMs);
  }

  return {
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}

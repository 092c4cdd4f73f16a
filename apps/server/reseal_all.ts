/**
 * Sealing anew what older keys sealed, with a line in the log that tells of it.
 *
 * @module
 */

import { type AuthStore, resealSecrets } from "@postern/auth";
import type { Clock } from "@postern/std";
import type { Log } from "./log_port.ts";

/**
 * Seals anew all that this process can; minutes, where there is a million. Does not throw: what is
 * cut off, as by a stop, goes on at the next time.
 */
export async function resealAll(deps: {
  readonly clock: Clock;
  readonly store: AuthStore;
  readonly log: Log;
}): Promise<void> {
  try {
    const { done, lost, left } = await resealSecrets(deps);
    if (done > 0) deps.log.info("secrets sealed anew", { done, left });
    if (lost > 0) deps.log.warn("secrets dropped that did not open", { lost });
  } catch (cause) {
    deps.log.warn("secrets not all sealed anew, to be gone on with", { cause });
  }
}

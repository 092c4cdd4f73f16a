/**
 * Stopping when the process is told to, and ending it where that takes too long.
 *
 * @module
 */

/** When the process ends in any case, milliseconds after the signal. The contract gives ten seconds. */
const LAST_RESORT_MS = 9_500;

/**
 * Stops at the first SIGTERM or SIGINT, and then ends the process: by 0, or by 1 where something did
 * not let go in time.
 */
export function stopOnSignal(
  stop: () => Promise<void>,
  lastResortMs: number = LAST_RESORT_MS,
): void {
  let isStopping = false;
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, async () => {
      if (isStopping) return;
      isStopping = true;
      setTimeout(() => process.exit(1), lastResortMs).unref();
      await stop();
      process.exit(0);
    });
  }
}

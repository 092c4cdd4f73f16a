/**
 * Waiting for another process that holds the lock, without holding the event loop meanwhile.
 *
 * SQLite's own busy timeout sleeps on the thread that serves everybody, so it is left at 0.
 *
 * @module
 */

/** Longest wait for another process to let go of the lock, milliseconds. */
const BUSY_TIMEOUT_MS = 5_000;

/** Longest pause between two tries, milliseconds. SQLite's own handler reaches 100. */
const LONGEST_PAUSE_MS = 25;

/** Tries until it is not refused for another's lock, or the busy timeout is over. */
export async function untilFree<T>(attempt: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + BUSY_TIMEOUT_MS;
  let pauseMs = 1;
  while (true) {
    try {
      return await attempt();
    } catch (cause) {
      if (!isBusy(cause) || performance.now() >= deadline) throw cause;
    }
    await Bun.sleep(pauseMs);
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
  }
}

/** Tells whether a statement was refused since another holds the lock. */
function isBusy(cause: unknown): boolean {
  return codeOf(cause) === "SQLITE_BUSY";
}

/** The engine's code of what was thrown, without what extends it; empty where it has none. */
export function codeOf(cause: unknown): string {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  return /^SQLITE_[A-Z]+/.exec(code)?.[0] ?? code;
}

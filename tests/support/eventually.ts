/**
 * Waiting until something holds: for as long as it takes, up to an end for tests that hang.
 *
 * @module
 */

/** An end to a test that hangs, not a promise of anybody. */
const WAIT_MAX_MS = 60_000;
const LOOK_EVERY_MS = 10;

/** Waits until it holds. @param what Said where it never does. */
export async function eventually(
  what: string,
  holds: () => boolean | Promise<boolean>,
): Promise<void> {
  const end = performance.now() + WAIT_MAX_MS;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`Waited in vain until ${what}`);
    await Bun.sleep(LOOK_EVERY_MS);
  }
}

/**
 * An end to waiting for what may never answer.
 *
 * @module
 */

/** Waits for a promise, and rejects where it takes longer. What it waited for goes on by itself. */
export async function within<T>(limitMs: number, promise: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new RangeError(`Cannot wait any longer: no answer in ${limitMs} ms`)),
    limitMs,
  );
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

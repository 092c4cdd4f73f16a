/**
 * The outcome of something that is expected to fail now and then.
 *
 * A value, not an exception: bugs and broken infrastructure throw, refusals return.
 *
 * @module
 */

/** Success, with what was asked for. */
export interface Ok<T> {
  readonly ok: true;
  readonly value: T;
}

/** Refusal, with a code that the caller can tell apart. */
export interface Err<E> {
  readonly ok: false;
  readonly error: E;
}

/** Two arms and no methods: check `ok` on the next line. */
export type Result<T, E> = Ok<T> | Err<E>;

/** Wraps a success. */
export function ok<T>(value: T): Ok<T> {
  return { ok: true, value };
}

/** Wraps a refusal. */
export function err<const E>(error: E): Err<E> {
  return { ok: false, error };
}

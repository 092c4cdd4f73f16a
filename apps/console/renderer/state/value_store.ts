/**
 * A value that can be watched.
 *
 * @module
 */

/** A value, and whoever watches it. */
export interface ValueStore<T> {
  /** The same object until it is set anew. */
  get(): T;
  set(value: T): void;
  /** Calls back after each change, until the answer is called. */
  subscribe(listener: () => void): () => void;
}

/** Makes one. */
export function createValueStore<T>(first: T): ValueStore<T> {
  let value = first;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

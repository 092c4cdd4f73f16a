/**
 * Holds what others tell, for a while; and for a longer while where they no longer answer.
 *
 * Whatever many ask for at once is asked for once.
 *
 * @module
 */

import { type Clock, type EpochMs, ok, type Result } from "@postern/std";

/** How a cache is kept. */
export interface StaleCacheOptions<Asked, Value, Failure> {
  readonly clock: Clock;
  readonly load: (asked: Asked) => Promise<Result<Value, Failure>>;
  /** Under which name it is held. */
  readonly keyOf: (asked: Asked) => string;
  /** How long a value is used without asking again, milliseconds. */
  readonly freshMs: number;
  /** How long it is used beyond that while asking fails, milliseconds. */
  readonly staleMs: number;
  /** Shortest time between two times of asking for what is held, milliseconds. */
  readonly askAgainMs: number;
  /** Most values held. The one that came first goes first. */
  readonly limit: number;
}

/** What others told. */
export interface StaleCache<Asked, Value, Failure> {
  get(asked: Asked): Promise<Result<Value, Failure>>;
  /** Asks again though what is held is fresh, but not too often: then it is what is held. */
  renew(asked: Asked): Promise<Result<Value, Failure>>;
  /** Asks now, whatever is held. */
  reload(asked: Asked): Promise<Result<Value, Failure>>;
  size(): number;
}

interface Held<Value> {
  readonly value: Value;
  readonly loadedAt: EpochMs;
  /** When it was last asked for, in vain or not. */
  askedAt: EpochMs;
}

/** Makes a cache that holds nothing. */
export function createStaleCache<Asked, Value, Failure>(
  options: StaleCacheOptions<Asked, Value, Failure>,
): StaleCache<Asked, Value, Failure> {
  const { clock, keyOf } = options;
  const held = new Map<string, Held<Value>>();
  const asking = new Map<string, Promise<Result<Value, Failure>>>();

  async function load(asked: Asked): Promise<Result<Value, Failure>> {
    const key = keyOf(asked);
    const loaded = await options.load(asked);
    const now = clock.now();
    const old = held.get(key);
    if (!loaded.ok) {
      if (old !== undefined) old.askedAt = now;
      return loaded;
    }
    held.delete(key);
    held.set(key, { value: loaded.value, loadedAt: now, askedAt: now });
    const [oldest] = held.keys();
    if (held.size > options.limit && oldest !== undefined) held.delete(oldest);
    return loaded;
  }

  function reload(asked: Asked): Promise<Result<Value, Failure>> {
    const key = keyOf(asked);
    const running = asking.get(key) ?? load(asked).finally(() => asking.delete(key));
    asking.set(key, running);
    return running;
  }

  async function reloadOrKeep(asked: Asked, old: Held<Value>): Promise<Result<Value, Failure>> {
    const loaded = await reload(asked);
    const isUsable = clock.now() - old.loadedAt < options.freshMs + options.staleMs;
    return loaded.ok || !isUsable ? loaded : ok(old.value);
  }

  async function get(asked: Asked): Promise<Result<Value, Failure>> {
    const old = held.get(keyOf(asked));
    if (old === undefined) return await reload(asked);
    const now = clock.now();
    const age = now - old.loadedAt;
    const waits = now - old.askedAt < options.askAgainMs && age < options.freshMs + options.staleMs;
    return age < options.freshMs || waits ? ok(old.value) : await reloadOrKeep(asked, old);
  }

  async function renew(asked: Asked): Promise<Result<Value, Failure>> {
    const old = held.get(keyOf(asked));
    if (old === undefined) return await reload(asked);
    const isEarly = clock.now() - old.askedAt < options.askAgainMs;
    return isEarly ? ok(old.value) : await reloadOrKeep(asked, old);
  }

  return { get, renew, reload, size: () => held.size };
}

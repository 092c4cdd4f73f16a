/**
 * What somebody likes: kept on this machine, and none of it secret.
 *
 * @module
 */

import { useSyncExternalStore } from "react";
import { createValueStore, type ValueStore } from "./value_store.ts";

const PREFIX = "postern-console-";
const stores = new Map<string, ValueStore<unknown>>();

/** Reads and sets a preference. What cannot be read counts as never set. */
export function usePreference<T>(name: string, usual: T): readonly [T, (value: T) => void] {
  const store = storeOf(name, usual);
  const value = useSyncExternalStore(store.subscribe, store.get);
  return [value, (next) => keep(name, store, next)];
}

function storeOf<T>(name: string, usual: T): ValueStore<T> {
  const known = stores.get(name);
  if (known !== undefined) return known as ValueStore<T>;
  const made = createValueStore(read(name, usual));
  stores.set(name, made as ValueStore<unknown>);
  return made;
}

function read<T>(name: string, usual: T): T {
  try {
    const text = localStorage.getItem(PREFIX + name);
    return text === null ? usual : (JSON.parse(text) as T);
  } catch {
    return usual;
  }
}

function keep<T>(name: string, store: ValueStore<T>, value: T): void {
  store.set(value);
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // Without storage it holds until the window closes.
  }
}

/**
 * The address that is shown, and ways to another.
 *
 * @module
 */

import { useMemo, useSyncExternalStore } from "react";
import { type Address, addressText, parseAddress } from "./address.ts";

/** The address that is shown. */
export function useAddress(): Address {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  return useMemo(() => parseAddress(hash), [hash]);
}

/** Goes to an address; back comes here again. */
export function goTo(address: Address): void {
  location.hash = addressText(address);
}

/** Puts an address in the place of this one, such as while somebody types. */
export function replaceAddress(address: Address): void {
  const text = addressText(address);
  if (text === location.hash) return;
  history.replaceState(null, "", text);
  for (const listener of listeners) listener();
}

/** `replaceState` tells nobody by itself. */
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener("hashchange", listener);
  return () => {
    listeners.delete(listener);
    removeEventListener("hashchange", listener);
  };
}

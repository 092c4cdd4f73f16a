/**
 * The address that is being shown. While another page's script is under way, that is still the old one.
 *
 * @module
 */

import { createContext, startTransition, useContext, useLayoutEffect, useState } from "react";
import { type Address, readAddress, watchAddress } from "./location_store.ts";

/** Holds the address that is shown. */
export const AddressContext = createContext<Address>(readAddress());

/** The address that is shown. */
export function useAddress(): Address {
  return useContext(AddressContext);
}

/**
 * Follows the address. The change is a transition, so that the page that is there stays until the
 * next one can be drawn, instead of giving way to nothing. Begun before any effect of a page: some
 * pages lead elsewhere at once.
 */
export function useShownAddress(): Address {
  const [address, setAddress] = useState(readAddress);
  useLayoutEffect(() => watchAddress(() => startTransition(() => setAddress(readAddress()))), []);
  return address;
}

/**
 * Where the page is, as something to watch, and the ways to go elsewhere.
 *
 * A router of our own, since every page has one exact path: no patterns, no nesting, no loaders, so
 * that a library would be mostly unused.
 *
 * @module
 */

import { startTransition, useSyncExternalStore } from "react";
import { NOT_FOUND, pageOf } from "../page_list.ts";
import { takeToken } from "./link_token.ts";

const listeners = new Set<() => void>();

function tell(): void {
  startTransition(() => {
    for (const listener of listeners) listener();
  });
}

addEventListener("popstate", () => {
  takeToken();
  tell();
});

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The address as path and query; re-renders when it changes. */
export function useAddress(): { readonly path: string; readonly query: URLSearchParams } {
  const address = useSyncExternalStore(subscribe, () => `${location.pathname}${location.search}`);
  const [path = "/", search] = address.split("?");
  return { path, query: new URLSearchParams(search) };
}

/** How to go. */
export interface GoOptions {
  /** Set where going back should not return here, such as after signing in. */
  readonly isReplacing?: boolean;
}

/**
 * Goes to an address of this origin: without loading anew where one of the pages has it, else by
 * asking the server.
 *
 * @param address Path with query and fragment, such as `safeNext` gives.
 */
export function go(address: string, { isReplacing = false }: GoOptions = {}): void {
  const url = new URL(address, location.origin);
  if (pageOf(url.pathname) === NOT_FOUND) {
    if (isReplacing) location.replace(url);
    else location.assign(url);
    return;
  }
  if (isReplacing) history.replaceState(null, "", url);
  else history.pushState(null, "", url);
  tell();
}

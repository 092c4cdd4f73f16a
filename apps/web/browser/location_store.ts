/**
 * Where the page is, as something to watch, and the ways to go elsewhere.
 *
 * A router of our own, since every page has one exact path: no patterns, no nesting, no loaders, so
 * that a library would be mostly unused.
 *
 * @module
 */

import { NOT_FOUND, pageOf } from "../page_list.ts";
import { takeToken } from "./link_token.ts";

/** An address within this origin. */
export interface Address {
  readonly path: string;
  readonly query: URLSearchParams;
}

const listeners = new Set<() => void>();

/** Set from the moment of going until a page's heading has taken focus. */
let isArriving = false;

/** The address as it is now. */
export function readAddress(): Address {
  return { path: location.pathname, query: new URLSearchParams(location.search) };
}

/** Calls back after each change of the address, until the returned function is called. */
export function watchAddress(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tells whether a page was gone to and nothing of it has had focus yet. Asking clears it. */
export function takeArrival(): boolean {
  const was = isArriving;
  isArriving = false;
  return was;
}

function tell(): void {
  for (const listener of listeners) listener();
}

/** Watches the browser's own ways: back, forward, and a fragment typed or opened in the same tab. */
export function watchHistory(): void {
  addEventListener("popstate", () => {
    takeToken();
    isArriving = true;
    tell();
  });
}

/** How to go. */
export interface GoOptions {
  /** Set where going back should not return here, such as after signing in. */
  readonly isReplacing?: boolean;
  /** Set where one has not been anywhere yet: focus then stays as after loading a page. */
  readonly isQuiet?: boolean;
}

/**
 * Goes to an address of this origin: without loading anew where one of the pages has it, else by
 * asking the server.
 *
 * @param address Path with query and fragment, such as `safeNext` gives.
 */
export function go(address: string, options: GoOptions = {}): void {
  const { isReplacing = false, isQuiet = false } = options;
  const url = new URL(address, location.origin);
  const page = pageOf(url.pathname);
  if (page === NOT_FOUND || page.isDecided) {
    if (isReplacing) location.replace(url);
    else location.assign(url);
    return;
  }
  if (isReplacing) history.replaceState(null, "", url);
  else history.pushState(null, "", url);
  isArriving = !isQuiet;
  tell();
}

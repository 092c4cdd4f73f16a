/**
 * Where a call goes: an https URL, or on this machine, where that is allowed, an http one.
 *
 * Looks at the text alone. What a name leads to is looked up when the call is made.
 *
 * @module
 */

import { type Reach, reachOf } from "./_public_address.ts";

/** A place to call. */
export interface Target {
  readonly url: URL;
  /** The host's address where the URL names one, without brackets; null: it is a name. */
  readonly literal: string | null;
}

/** Reads a URL; `undefined` where nothing may be sent there. */
export function readTarget(text: string, mayUseLoopback: boolean): Target | undefined {
  const url = URL.parse(text);
  if (url === null || url.username !== "" || url.password !== "" || url.hash !== "") {
    return undefined;
  }
  const { hostname, protocol } = url;
  const bare = hostname.startsWith("[") ? hostname.slice(1, -1) : hostname;
  const literal = hostname.startsWith("[") || /^[0-9.]+$/.test(hostname) ? bare : null;
  if (literal !== null && !isAllowed(reachOf(literal), mayUseLoopback)) return undefined;
  if (protocol === "https:") return { url, literal };
  const isHere = hostname === "localhost" || (literal !== null && reachOf(literal) === "loopback");
  return protocol === "http:" && isHere && mayUseLoopback ? { url, literal } : undefined;
}

/** Tells whether an address of this kind may be called. */
export function isAllowed(reach: Reach, mayUseLoopback: boolean): boolean {
  return reach === "public" || (reach === "loopback" && mayUseLoopback);
}

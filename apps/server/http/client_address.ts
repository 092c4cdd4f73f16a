/**
 * Finds who is calling, and over which scheme, behind any number of trusted proxies.
 *
 * `X-Forwarded-For` is read from the right, as far as every hop is a trusted proxy: what stands
 * further left was written by whoever sent it. From a peer that is not trusted, nothing is read.
 * The scheme is the one that the outermost trusted proxy saw: of a list, the entry that stands as
 * far from the right as hops were believed.
 *
 * @module
 */

import { createBoundedMemo } from "../bounded_memo.ts";
import { type Cidr, isInCidr } from "./cidr.ts";
import { type IpAddress, ipAddressText, limitKeyOf, parseIpAddress } from "./ip_address.ts";

/** Who is calling. */
export interface Caller {
  /** Canonical address, or `unknown` where the runtime tells none. */
  readonly ip: string;
  /** What limits count it as: the address, or an IPv6 one's /64. */
  readonly limitKey: string;
  /** Whether a trusted proxy says that it was asked over https. */
  readonly isHttps: boolean;
}

/** The forwarding headers of a request, raw; `null` where absent. */
export interface ForwardedHeaders {
  readonly for: string | null;
  readonly proto: string | null;
}

/** Tells the caller from the peer's address and the headers. */
export type ClientAddress = (peer: string | undefined, forwarded: ForwardedHeaders) => Caller;

interface Callers {
  /** How many hops were believed, the peer among them. 0: none, so its headers do not count. */
  readonly trustedHops: number;
  readonly http: Caller;
  readonly https: Caller;
}

interface Peer {
  readonly address: IpAddress | undefined;
  readonly direct: Callers;
}

/** Most peers, and most pairs of peer and header, that are remembered. */
const MEMO_LIMIT = 8_192;

/** Longest `X-Forwarded-For` that is remembered; longer ones are worked out each time. */
const MEMO_KEY_MAX_LENGTH = 256;

/** Makes the function, with what it remembers. */
export function createClientAddress(trustedProxies: readonly Cidr[]): ClientAddress {
  const peers = createBoundedMemo<Peer>(MEMO_LIMIT);
  const behindProxies = createBoundedMemo<Callers>(MEMO_LIMIT);

  function isTrusted(address: IpAddress): boolean {
    return trustedProxies.some((cidr) => isInCidr(address, cidr));
  }

  function meet(peer: string): Peer {
    const zone = peer.indexOf("%");
    const address = parseIpAddress(zone < 0 ? peer : peer.slice(0, zone));
    const trustedHops = address !== undefined && isTrusted(address) ? 1 : 0;
    const met = { address, direct: callersAt(address, trustedHops) };
    peers.set(peer, met);
    return met;
  }

  function walk(peer: IpAddress, header: string): Callers {
    let caller = peer;
    let trustedHops = 1;
    let end = header.length;
    while (end >= 0) {
      const comma = end === 0 ? -1 : header.lastIndexOf(",", end - 1);
      const hop = parseHop(header.slice(comma + 1, end));
      if (hop === undefined) break;
      caller = hop;
      if (!isTrusted(hop)) break;
      trustedHops += 1;
      end = comma;
    }
    return callersAt(caller, trustedHops);
  }

  function callersBehind(peer: Peer, header: string): Callers {
    const { address } = peer;
    if (address === undefined) return peer.direct;
    if (header.length > MEMO_KEY_MAX_LENGTH) return walk(address, header);
    const key = `${peer.direct.http.ip} ${header}`;
    const known = behindProxies.get(key);
    if (known !== undefined) return known;
    const walked = walk(address, header);
    behindProxies.set(key, walked);
    return walked;
  }

  return (peerText, forwarded) => {
    const peer = peers.get(peerText ?? "") ?? meet(peerText ?? "");
    if (peer.direct.trustedHops === 0) return peer.direct.http;
    const callers = forwarded.for === null ? peer.direct : callersBehind(peer, forwarded.for);
    return isHttps(forwarded.proto, callers.trustedHops) ? callers.https : callers.http;
  };
}

function callersAt(address: IpAddress | undefined, trustedHops: number): Callers {
  const ip = address === undefined ? "unknown" : ipAddressText(address);
  const limitKey = address === undefined ? "unknown" : limitKeyOf(address);
  return {
    trustedHops,
    http: { ip, limitKey, isHttps: false },
    https: { ip, limitKey, isHttps: true },
  };
}

/** Reads one hop: an address, or one with a port; an IPv6 one with a port is in brackets. */
function parseHop(text: string): IpAddress | undefined {
  const hop = text.trim();
  if (hop.startsWith("[")) {
    const close = hop.indexOf("]");
    return close > 0 && isPortSuffix(hop.slice(close + 1))
      ? parseIpAddress(hop.slice(1, close))
      : undefined;
  }
  const colon = hop.indexOf(":");
  const isOnlyColon = colon >= 0 && hop.lastIndexOf(":") === colon;
  if (!isOnlyColon) return parseIpAddress(hop);
  return isPortSuffix(hop.slice(colon)) ? parseIpAddress(hop.slice(0, colon)) : undefined;
}

function isPortSuffix(text: string): boolean {
  return /^(?::\d{1,5})?$/.test(text);
}

function isHttps(proto: string | null, trustedHops: number): boolean {
  if (proto === null) return false;
  if (proto === "https") return true;
  const schemes = proto.split(",");
  const seen = schemes[Math.max(schemes.length - trustedHops, 0)] ?? "";
  return seen.trim().toLowerCase() === "https";
}

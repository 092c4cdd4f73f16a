/**
 * Whom to answer and whom to believe: `ALLOWED_ORIGINS`, `ALLOWED_HOSTS`, `TRUSTED_PROXIES`.
 *
 * @module
 */

import { type Cidr, parseCidr } from "../http/cidr.ts";
import { parseHost, parseOrigin } from "./_origin.ts";
import { type EnvReader, shown, splitList } from "./env_reader.ts";
import type { PublicUrl } from "./read_public_url.ts";

const DEFAULT_ORIGINS = "http://localhost:3000,http://127.0.0.1:3000";

/** Hosts by which a machine calls itself. */
const LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"];

/** Reads the origins beside PUBLIC_URL's own, and adds that in front where it is known. */
export function readAllowedOrigins(
  reader: EnvReader,
  publicUrl: PublicUrl | undefined,
): readonly string[] {
  const own = publicUrl?.origin === undefined ? [] : [publicUrl.origin];
  const accepted =
    "http: or https: origins such as https://app.example.org, without a path, between commas";
  const value = reader.get("ALLOWED_ORIGINS") ?? DEFAULT_ORIGINS;
  const others = readEach(splitList(value), {
    parse: (entry) => parseOrigin(entry)?.text,
    refuse: (entry) => reader.refuse("ALLOWED_ORIGINS", shown(entry), accepted),
  });
  return [...new Set([...own, ...others])];
}

/** Reads the hosts that requests may name: lower case, no port, IPv6 in brackets. */
export function readAllowedHosts(
  reader: EnvReader,
  publicUrl: PublicUrl | undefined,
): readonly string[] {
  const value = reader.get("ALLOWED_HOSTS");
  if (value === undefined) return [...new Set([publicUrl?.host ?? "localhost", ...LOCAL_HOSTS])];
  const accepted = "host names or addresses without a port, IPv6 in brackets, between commas";
  const hosts = readEach(splitList(value), {
    parse: parseHost,
    refuse: (entry) => reader.refuse("ALLOWED_HOSTS", shown(entry), accepted),
  });
  return [...new Set(hosts)];
}

/** Reads the ranges of the proxies whose forwarding headers are believed. */
export function readTrustedProxies(reader: EnvReader): readonly Cidr[] {
  const accepted =
    "addresses, and CIDRs without bits beyond their prefix such as 10.0.0.0/8, between commas";
  return readEach(splitList(reader.get("TRUSTED_PROXIES") ?? ""), {
    parse: parseCidr,
    refuse: (entry) => reader.refuse("TRUSTED_PROXIES", shown(entry), accepted),
  });
}

function readEach<T>(
  entries: readonly string[],
  by: {
    readonly parse: (entry: string) => T | undefined;
    readonly refuse: (entry: string) => void;
  },
): T[] {
  return entries.flatMap((entry) => {
    const value = by.parse(entry);
    if (value === undefined) by.refuse(entry);
    return value === undefined ? [] : [value];
  });
}

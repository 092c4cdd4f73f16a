/**
 * Where to listen: `HOST`, `PORT`, `ADMIN_LISTEN`.
 *
 * @module
 */

import { parseIpAddress } from "../http/ip_address.ts";
import { parseHost } from "./_origin.ts";
import { type EnvReader, parseWholeNumber, shown } from "./env_reader.ts";

/** An address to listen on. */
export interface ListenConfig {
  /** Name or address; IPv6 without brackets. */
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
}

/** A second listener, for administration alone. */
export interface AdminListenConfig extends ListenConfig {
  /** The host that requests to it may name, beside the allowed ones; IPv6 in brackets. */
  readonly allowedHost: string;
}

const PORT_MAX = 65_535;

/** Addresses that stand for all of the machine's. */
const WILDCARDS: ReadonlySet<string> = new Set(["0.0.0.0", "::"]);

/** Reads where to listen. */
export function readListen(reader: EnvReader): ListenConfig {
  const value = reader.get("HOST") ?? "127.0.0.1";
  const host = listenHost(value);
  if (host === undefined) reader.refuse("HOST", shown(value), "an address or a host name");
  const port = reader.wholeNumber("PORT", { least: 0, most: PORT_MAX, fallback: 8_000 });
  return { host: host ?? "127.0.0.1", port };
}

/** Reads where administration is to listen by itself; `undefined` for the same listener. */
export function readAdminListen(
  reader: EnvReader,
  main: ListenConfig,
): AdminListenConfig | undefined {
  const value = reader.get("ADMIN_LISTEN");
  if (value === undefined) return undefined;
  const admin = parseHostAndPort(value);
  if (admin === undefined) {
    reader.refuse("ADMIN_LISTEN", shown(value), "host:port, such as 127.0.0.1:8001 or [::1]:8001");
  } else if (meets(admin, main)) {
    reader.refuse("ADMIN_LISTEN", shown(value), "another host or port than HOST and PORT");
  }
  return admin;
}

function parseHostAndPort(text: string): AdminListenConfig | undefined {
  const colon = text.lastIndexOf(":");
  if (colon < 0) return undefined;
  const allowedHost = parseHost(text.slice(0, colon));
  const port = parseWholeNumber(text.slice(colon + 1));
  if (allowedHost === undefined || port === undefined || port > PORT_MAX) return undefined;
  return { host: withoutBrackets(allowedHost), port, allowedHost };
}

function meets(admin: ListenConfig, main: ListenConfig): boolean {
  if (admin.port !== main.port || admin.port === 0) return false;
  return admin.host === main.host || WILDCARDS.has(admin.host) || WILDCARDS.has(main.host);
}

/** Takes IPv6 with and without brackets. */
function listenHost(text: string): string | undefined {
  const bare = withoutBrackets(text);
  return bare.includes(":") && parseIpAddress(bare) !== undefined
    ? bare.toLowerCase()
    : parseHost(text);
}

function withoutBrackets(host: string): string {
  return host.startsWith("[") && host.endsWith("]") ? host.slice(1, -1) : host;
}

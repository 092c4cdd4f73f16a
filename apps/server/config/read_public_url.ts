/**
 * What browsers see: `PUBLIC_URL`.
 *
 * @module
 */

import { parseOrigin, type WebOrigin } from "./_origin.ts";
import { type EnvReader, shown } from "./env_reader.ts";

/** What browsers see. Without a URL of its own, a server on any free port learns it by listening. */
export interface PublicUrl {
  /** `undefined`: `http://localhost` with the port that is yet to be found. */
  readonly origin: string | undefined;
  /** In lower case, without port; IPv6 in brackets. */
  readonly host: string;
  readonly isHttps: boolean;
}

/** Fewest characters of host and port. Elysia reads the path from the twelfth of the URL on. */
const AUTHORITY_MIN_LENGTH = 4;

const ACCEPTED =
  "an http: or https: origin such as https://id.example.org, without a path, host and port of 4 characters or more";

/** Reads the URL; `undefined` where it is wrong, so that nothing is concluded from it. */
export function readPublicUrl(reader: EnvReader, port: number): PublicUrl | undefined {
  const value = reader.get("PUBLIC_URL");
  if (value === undefined) return localPublicUrl(port);
  const origin = parseOrigin(value.endsWith("/") ? value.slice(0, -1) : value);
  if (origin === undefined || authorityOf(origin).length < AUTHORITY_MIN_LENGTH) {
    reader.refuse("PUBLIC_URL", shown(value), ACCEPTED);
    return undefined;
  }
  return { origin: origin.text, host: origin.host, isHttps: origin.isHttps };
}

/** What browsers on this machine see of a port; 0 is one that is yet to be found. */
export function localPublicUrl(port: number): PublicUrl {
  const origin = port === 0 ? undefined : new URL(`http://localhost:${port}`).origin;
  return { origin, host: "localhost", isHttps: false };
}

function authorityOf(origin: WebOrigin): string {
  return origin.text.slice(origin.text.indexOf("://") + 3);
}

/**
 * Where things are kept, and the key to them: `DATABASE_URL`, `DATABASE_AUTH_TOKEN`, `REDIS_URL`,
 * `SECRET_KEY`.
 *
 * @module
 */

import { decodeBase64Url } from "@postern/std";
import { type EnvReader, hidden, shownUrl } from "./env_reader.ts";
import type { PublicUrl } from "./read_public_url.ts";

/** The database. */
export interface DatabaseConfig {
  /** `file:` and a path, or the `libsql:`, `https:` or `http:` URL of a server. */
  readonly url: string;
  readonly authToken: string | undefined;
}

/** Fewest bytes of a root key. */
const SECRET_KEY_MIN_BYTES = 32;

const DATABASE_ACCEPTED =
  "file: and a path, or the libsql://, https:// or http:// URL of a libSQL server";

const REDIS_ACCEPTED =
  "redis:// or rediss:// (TLS), with user and password where need be, a host, and perhaps a port and /number";

const SECRET_KEY_ACCEPTED =
  "at least 32 random bytes in base64url without padding (openssl rand -base64 32 | tr '+/' '-_' | tr -d '=')";

/** Reads the database. A database in memory is refused: it would lose its tables. */
export function readDatabase(reader: EnvReader): DatabaseConfig {
  const url = reader.get("DATABASE_URL") ?? "file:./data/postern.db";
  if (!isDatabaseUrl(url)) reader.refuse("DATABASE_URL", shownUrl(url), DATABASE_ACCEPTED);
  return { url, authToken: reader.get("DATABASE_AUTH_TOKEN") };
}

/** Reads the Redis server; `undefined` for none. */
export function readRedisUrl(reader: EnvReader): string | undefined {
  const url = reader.get("REDIS_URL");
  if (url === undefined) return undefined;
  if (isRedisUrl(url)) return url;
  reader.refuse("REDIS_URL", shownUrl(url), REDIS_ACCEPTED);
  return undefined;
}

/** What the client would pass over, such as a query, is refused rather than not heeded. */
function isRedisUrl(url: string): boolean {
  const parsed = /^rediss?:\/\//i.test(url) ? URL.parse(url) : null;
  if (parsed === null || parsed.hostname === "") return false;
  return /^(?:\/\d{0,4})?$/.test(parsed.pathname) && parsed.search === "" && parsed.hash === "";
}

/** Reads the root key; `undefined` where it is unset, which is only for those that have no https. */
export function readSecretKey(
  reader: EnvReader,
  publicUrl: PublicUrl | undefined,
): Uint8Array | undefined {
  const text = reader.get("SECRET_KEY");
  if (text === undefined) {
    if (publicUrl?.isHttps === true) {
      const found = "nothing, with an https: PUBLIC_URL";
      reader.refuse("SECRET_KEY", found, SECRET_KEY_ACCEPTED);
    }
    return undefined;
  }
  const key = decodeBase64Url(text);
  if (key !== undefined && key.length >= SECRET_KEY_MIN_BYTES) return key;
  reader.refuse("SECRET_KEY", secretKeyFault(text, key), SECRET_KEY_ACCEPTED);
  return undefined;
}

function secretKeyFault(text: string, key: Uint8Array | undefined): string {
  if (key !== undefined) return `${key.length} bytes (not shown)`;
  if (/[+/=]/.test(text) && /^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) {
    return `${hidden(text)} that look like padded or plain base64: write - for +, _ for /, and no =`;
  }
  return `${hidden(text)} that are not base64url`;
}

function isDatabaseUrl(url: string): boolean {
  if (/^(?:libsql|https?):\/\//i.test(url)) return hasHost(url);
  const path = /^file:(.+)$/is.exec(url)?.[1];
  if (path === undefined) return false;
  return (
    !path.startsWith(":memory:") && !/[?&]mode=memory\b/i.test(path) && !/^\/{2,3}$/.test(path)
  );
}

function hasHost(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed !== null && parsed.hostname !== "";
}

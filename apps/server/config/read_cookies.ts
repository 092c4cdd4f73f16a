/**
 * What cookies are called and whom they go to: `COOKIE_PREFIX`, `COOKIE_DOMAIN`.
 *
 * @see RFC 6265bis, section 4.1.3 (cookie name prefixes)
 * @module
 */

import type { CookieSettings } from "../http/set_cookie.ts";
import { isAddress, parseHost } from "./_origin.ts";
import { type EnvReader, shown } from "./env_reader.ts";
import type { PublicUrl } from "./read_public_url.ts";

const HOST_PREFIX = "__Host-";
const SECURE_PREFIX = "__Secure-";

/** Reads prefix and domain. `publicUrl` is `undefined` where it is wrong. */
export function readCookies(reader: EnvReader, publicUrl: PublicUrl | undefined): CookieSettings {
  const isHttps = publicUrl?.isHttps ?? false;
  const domain = readDomain(reader, publicUrl);
  const fallback = isHttps ? securePrefix(domain) : "";
  const value = reader.get("COOKIE_PREFIX");
  const prefix = value ?? fallback;
  if (value !== undefined) checkPrefix(reader, value, { domain, publicUrl });
  return { prefix, domain, secure: isHttps };
}

function securePrefix(domain: string | undefined): string {
  return domain === undefined ? HOST_PREFIX : SECURE_PREFIX;
}

function readDomain(reader: EnvReader, publicUrl: PublicUrl | undefined): string | undefined {
  const value = reader.get("COOKIE_DOMAIN");
  if (value === undefined) return undefined;
  const domain = parseHost(value.startsWith(".") ? value.slice(1) : value);
  if (domain === undefined || isAddress(domain) || !domain.includes(".")) {
    reader.refuse("COOKIE_DOMAIN", shown(value), "a domain of two labels or more, as example.org");
    return undefined;
  }
  const host = publicUrl?.host ?? domain;
  if (host !== domain && !host.endsWith(`.${domain}`)) {
    reader.refuse("COOKIE_DOMAIN", shown(value), `a parent domain of PUBLIC_URL's host, ${host}`);
  }
  return domain;
}

function checkPrefix(
  reader: EnvReader,
  prefix: string,
  at: { readonly domain: string | undefined; readonly publicUrl: PublicUrl | undefined },
): void {
  const isSpecial = prefix === HOST_PREFIX || prefix === SECURE_PREFIX;
  // Browsers give meaning to these and to more like them, in any case.
  if (!/^[A-Za-z0-9_.-]{1,32}$/.test(prefix) || (prefix.startsWith("__") && !isSpecial)) {
    const accepted = `${HOST_PREFIX}, ${SECURE_PREFIX}, or up to 32 letters, digits, . - and _ that do not begin with __`;
    reader.refuse("COOKIE_PREFIX", shown(prefix), accepted);
  } else if (isSpecial && at.publicUrl?.isHttps === false) {
    const accepted = "no such prefix where PUBLIC_URL is http:, since browsers drop the cookies";
    reader.refuse("COOKIE_PREFIX", shown(prefix), accepted);
  } else if (prefix === HOST_PREFIX && at.domain !== undefined) {
    const accepted = `${SECURE_PREFIX} beside COOKIE_DOMAIN, since browsers drop the cookies otherwise`;
    reader.refuse("COOKIE_PREFIX", shown(prefix), accepted);
  }
}

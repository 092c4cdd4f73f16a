/**
 * The cookies of one caller.
 *
 * Those marked Secure are kept and sent over http too, as if a proxy spoke https in between; paths and
 * domains are not looked at.
 *
 * @see RFC 6265, section 5.2 (Set-Cookie)
 * @module
 */

/** One cookie. */
export interface JarCookie {
  readonly value: string;
  /** Attributes with names in lower case; those without a value hold "". */
  readonly attributes: Readonly<Record<string, string>>;
}

/** All cookies of a caller. */
export interface CookieJar {
  /** By full name, with its prefix. */
  readonly cookies: Map<string, JarCookie>;
  /** Value of a cookie by its name without a prefix, whatever that is. */
  find(name: string): string | undefined;
  /** The Cookie header; `undefined` while the jar is empty. */
  header(): string | undefined;
  /** Does what one Set-Cookie line says. */
  keep(line: string): void;
}

/** Makes an empty jar. */
export function createCookieJar(): CookieJar {
  const cookies = new Map<string, JarCookie>();
  return {
    cookies,
    find: (name) => [...cookies].find(([full]) => full.endsWith(name))?.[1].value,
    header() {
      if (cookies.size === 0) return undefined;
      return [...cookies].map(([name, { value }]) => `${name}=${value}`).join("; ");
    },
    keep(line) {
      const [[name, value] = ["", ""], ...rest] = line.split(";").map(readPair);
      const attributes = Object.fromEntries(rest.map(([key, text]) => [key.toLowerCase(), text]));
      if (isExpired(attributes)) cookies.delete(name);
      else cookies.set(name, { value, attributes });
    },
  };
}

function readPair(part: string): [name: string, value: string] {
  const [name = "", ...value] = part.trim().split("=");
  return [name, value.join("=")];
}

function isExpired(attributes: Readonly<Record<string, string>>): boolean {
  const age = attributes["max-age"];
  if (age !== undefined) return Number(age) <= 0;
  const expires = attributes["expires"];
  return expires !== undefined && Date.parse(expires) <= Date.now();
}

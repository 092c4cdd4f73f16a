/**
 * Puts a user agent into words that its user knows: "Firefox on Windows".
 *
 * Only names that we know are ever given, never a piece of the text itself, which anyone may write
 * into a request and which ends up on somebody's page of devices.
 *
 * @module
 */

import Bowser from "bowser";
import { createBoundedMemo } from "../bounded_memo.ts";

/** What a session was begun with. */
export interface Device {
  /** Browser, or program; `null` where it is none that we know. */
  readonly browser: string | null;
  readonly os: string | null;
  /** Both in words, or `null` where there is nothing to tell. */
  readonly label: string | null;
}

/** Most texts that are remembered. */
const MEMO_LIMIT = 1_024;

/** Characters that are looked at; real ones are under 300. */
const USER_AGENT_MAX_LENGTH = 512;

const UNKNOWN: Device = { browser: null, os: null, label: null };

/** Programs by how their user agent begins, in lower case, up to the version. */
const PROGRAMS: Readonly<Record<string, string>> = {
  "apache-httpclient": "Java",
  "go-http-client": "Go",
  "node-fetch": "Node.js",
  "postern-console": "Postern console",
  "python-httpx": "Python",
  "python-requests": "Python",
  "python-urllib": "Python",
  aiohttp: "Python",
  axios: "Node.js",
  bun: "Bun",
  curl: "curl",
  deno: "Deno",
  dart: "Dart",
  got: "Node.js",
  httpie: "HTTPie",
  insomnia: "Insomnia",
  java: "Java",
  node: "Node.js",
  okhttp: "OkHttp",
  postmanruntime: "Postman",
  powershell: "PowerShell",
  ruby: "Ruby",
  undici: "Node.js",
  wget: "wget",
};

/** What people call it, where the library's name is longer. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  "Microsoft Edge": "Edge",
  "Samsung Internet for Android": "Samsung Internet",
};

const BROWSERS: ReadonlySet<string> = new Set(
  Object.values(Bowser.BROWSER_MAP).filter((name) => name !== "Generic"),
);
const SYSTEMS: ReadonlySet<string> = new Set(Object.values(Bowser.OS_MAP));

const memo = createBoundedMemo<Device>(MEMO_LIMIT);

/** Describes the sender of a `User-Agent` header. */
export function describeDevice(userAgent: string | null): Device {
  if (userAgent === null || userAgent === "") return UNKNOWN;
  const text = userAgent.slice(0, USER_AGENT_MAX_LENGTH);
  const known = memo.get(text);
  if (known !== undefined) return known;
  const device = describe(text);
  memo.set(text, device);
  return device;
}

/** Describes what holds a console's session: a console, whatever its user agent calls itself, and its system. */
export function describeConsole(userAgent: string | null): string {
  const { os } = Bowser.parse((userAgent ?? "").slice(0, USER_AGENT_MAX_LENGTH) || "-");
  const name = oneOf(SYSTEMS, os.name);
  return name === null ? "Postern console" : `Postern console on ${name}`;
}

function describe(text: string): Device {
  const program = programOf(text);
  if (program !== undefined) return { browser: program, os: null, label: program };
  const { browser, os } = Bowser.parse(text);
  const browserName = oneOf(BROWSERS, browser.name);
  const osName = oneOf(SYSTEMS, os.name);
  return { browser: browserName, os: osName, label: labelOf(browserName, osName) };
}

function programOf(text: string): string | undefined {
  const name = /^[a-z-]{1,32}(?=$|[/ ])/i.exec(text)?.[0].toLowerCase();
  return name !== undefined && Object.hasOwn(PROGRAMS, name) ? PROGRAMS[name] : undefined;
}

function oneOf(names: ReadonlySet<string>, name: string | undefined): string | null {
  if (name === undefined || !names.has(name)) return null;
  return SHORT_NAMES[name] ?? name;
}

function labelOf(browser: string | null, os: string | null): string | null {
  if (browser === null) return os;
  return os === null ? browser : `${browser} on ${os}`;
}

/**
 * The one client through which the server calls others.
 *
 * https and public addresses only; where PUBLIC_URL is http, this machine too, and by http. The name
 * is looked up here, every address that it has must be allowed, and the connection then goes to one of
 * those very addresses, so that a name which leads elsewhere a moment later (DNS rebinding) gains
 * nothing. Bun's fetch takes the address in the URL, and in `tls.serverName` the name that is asked
 * for by SNI and that the certificate must bear; connections are not kept. No redirects, no cookies,
 * no compression, one limit on time and one on size.
 *
 * Two gaps. Bun has no limit for the connection alone: an address that swallows packets costs the
 * whole time, and the next one is not tried. And Bun takes `HTTPS_PROXY` from the environment: then it
 * is the proxy that connects, to the address that was looked up here; the certificate must bear the name
 * all the same.
 *
 * @see OWASP Server-Side Request Forgery Prevention Cheat Sheet
 * @module
 */

import { lookup } from "node:dns/promises";
import { err, ok, type Result } from "@postern/std";
import { createHostLanes, type HostLanes } from "./_host_lanes.ts";
import { reachOf } from "./_public_address.ts";
import { readJson, type UnreadableAnswer } from "./_read_json.ts";
import { isAllowed, readTarget, type Target } from "./_target.ts";
import {
  ADDRESSES_TRIED,
  ANSWER_MAX_BYTES,
  CALL_MS,
  CALLS_PER_HOST,
  CALLS_WAITING_PER_HOST,
} from "./limits.ts";

/** What is asked. */
export interface OutgoingRequest {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Makes it a POST. */
  readonly form?: URLSearchParams;
  /** Longest it may take, milliseconds, where that is shorter than what every call may. */
  readonly limitMs?: number;
}

/** What was answered, whatever its status but a redirect. */
export interface OutgoingAnswer {
  readonly status: number;
  readonly json: unknown;
  /** The `Date` field; null where there is none. */
  readonly date: string | null;
}

/** Why there is no answer to speak of. Nothing of the other side's words is in it. */
export interface OutgoingError {
  readonly code:
    | "bad_url"
    | "not_public"
    | "unresolved"
    | "busy"
    | "timeout"
    | "unreachable"
    | "tls"
    | "redirect"
    | UnreadableAnswer;
  /** null where none came. */
  readonly status: number | null;
}

/** Calls others. */
export interface Outgoing {
  /** Tells whether a URL could be called, by its text alone. */
  allows(url: string): boolean;
  send(request: OutgoingRequest): Promise<Result<OutgoingAnswer, OutgoingError>>;
}

/** What the client needs. */
export interface OutgoingDeps {
  /** Whether this machine may be called, and by http: where PUBLIC_URL is http. */
  readonly mayUseLoopback: boolean;
  /** All addresses of a name; the system's way where it is left out. */
  readonly resolve?: (name: string) => Promise<readonly string[]>;
  /** Longest a call may take, milliseconds. */
  readonly timeoutMs?: number;
}

/** Makes the client. */
export function createOutgoing(deps: OutgoingDeps): Outgoing {
  const lanes = createHostLanes({ active: CALLS_PER_HOST, waiting: CALLS_WAITING_PER_HOST });
  return {
    allows: (url) => readTarget(url, deps.mayUseLoopback) !== undefined,
    async send(request) {
      const target = readTarget(request.url, deps.mayUseLoopback);
      if (target === undefined) return failed("bad_url");
      const { limitMs = Number.POSITIVE_INFINITY } = request;
      const signal = AbortSignal.timeout(Math.min(deps.timeoutMs ?? CALL_MS, limitMs));
      return await sendInLane(deps, lanes, { request, target, signal });
    },
  };
}

interface Call {
  readonly request: OutgoingRequest;
  readonly target: Target;
  readonly signal: AbortSignal;
}

type Sent = Result<OutgoingAnswer, OutgoingError>;

async function sendInLane(deps: OutgoingDeps, lanes: HostLanes, call: Call): Promise<Sent> {
  const leave = await lanes.enter(call.target.url.host, call.signal);
  if (leave === undefined) return failed("busy");
  try {
    const addresses = await addressesOf(deps, call);
    return addresses.ok ? await sendToOne(call, addresses.value) : addresses;
  } finally {
    leave();
  }
}

/** The addresses that may be called: all that the host has, or none. */
async function addressesOf(
  deps: OutgoingDeps,
  { target, signal }: Call,
): Promise<Result<readonly string[], OutgoingError>> {
  if (target.literal !== null) return ok([target.literal]);
  const found = await unlessAborted(signal, (deps.resolve ?? resolveName)(target.url.hostname));
  if (found === "aborted") return failed("timeout");
  if (found === "failed" || found.length === 0) return failed("unresolved");
  const isPlain = target.url.protocol === "http:";
  const isSafe = found.map(reachOf).every((reach) =>
    // Only what stays on this machine goes unencrypted, whatever a name is made to lead to.
    isPlain ? reach === "loopback" : isAllowed(reach, deps.mayUseLoopback),
  );
  return isSafe ? ok(found.slice(0, ADDRESSES_TRIED)) : failed("not_public");
}

/** IPv4 first: where there is no IPv6, trying it may take the whole time. */
async function resolveName(name: string): Promise<readonly string[]> {
  const found = await lookup(name, { all: true });
  return found.sort((a, b) => a.family - b.family).map(({ address }) => address);
}

async function unlessAborted<T>(
  signal: AbortSignal,
  work: Promise<T>,
): Promise<T | "aborted" | "failed"> {
  const { promise, resolve } = Promise.withResolvers<"aborted">();
  const giveUp = () => resolve("aborted");
  signal.addEventListener("abort", giveUp, { once: true });
  try {
    return await Promise.race([work, promise]);
  } catch {
    return "failed";
  } finally {
    signal.removeEventListener("abort", giveUp);
  }
}

/** Tries the addresses in turn. The next is tried only where no connection was made, so nothing is sent twice. */
async function sendToOne(call: Call, addresses: readonly string[]): Promise<Sent> {
  let last: Sent = failed("unreachable");
  for (const address of addresses) {
    const sent = await sendTo(call, address).catch((cause: unknown) => faultOf(cause, call.signal));
    if (sent !== "not_connected") return sent;
    last = failed("unreachable");
  }
  return last;
}

async function sendTo({ request, target, signal }: Call, address: string): Promise<Sent> {
  const { url, literal } = target;
  const pinned = new URL(url);
  pinned.hostname = address.includes(":") ? `[${address}]` : address;
  const response = await fetch(pinned, {
    method: request.form === undefined ? "GET" : "POST",
    headers: headersOf(request, url),
    ...(request.form === undefined ? {} : { body: request.form.toString() }),
    redirect: "manual",
    credentials: "omit",
    keepalive: false,
    decompress: false,
    signal,
    tls: { rejectUnauthorized: true, ...(literal === null ? { serverName: url.hostname } : {}) },
  });
  const { status } = response;
  if (status >= 300 && status < 400) {
    await response.body?.cancel();
    return failed("redirect", status);
  }
  const json = await readJson(response, ANSWER_MAX_BYTES);
  if (!json.ok) return failed(json.error, status);
  return ok({ status, json: json.value, date: response.headers.get("date") });
}

function headersOf(request: OutgoingRequest, url: URL): Record<string, string> {
  return {
    Accept: "application/json",
    ...request.headers,
    ...(request.form === undefined ? {} : { "Content-Type": "application/x-www-form-urlencoded" }),
    "Accept-Encoding": "identity",
    "User-Agent": "Postern",
    Host: url.host,
  };
}

/** Errors of a connection that was never made. */
const NOT_CONNECTED: ReadonlySet<unknown> = new Set([
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EADDRNOTAVAIL",
  "FailedToOpenSocket",
]);

/** What went wrong. The error itself is let go: it names the URL. */
function faultOf(cause: unknown, signal: AbortSignal): Sent | "not_connected" {
  if (signal.aborted) return failed("timeout");
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (NOT_CONNECTED.has(code)) return "not_connected";
  return failed(/CERT|TLS|SSL|SIGNED/.test(String(code)) ? "tls" : "unreachable");
}

function failed(code: OutgoingError["code"], status: number | null = null) {
  return err({ code, status } satisfies OutgoingError);
}

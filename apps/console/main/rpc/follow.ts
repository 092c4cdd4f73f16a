/**
 * A subscription over breaks: tried again ever less often, and gone on with where it broke off.
 *
 * @module
 */

import type { BridgeError, RpcEvent, SubscribeCall } from "../../ipc/bridge.ts";
import type { ConsoleSession } from "../session/console_session.ts";
import { openStream, type StreamDeps, type StreamEnd } from "./open_stream.ts";

const FIRST_WAIT_MS = 250;
const WAIT_MAX_MS = 5_000;

/** What following needs. */
export interface FollowDeps extends Pick<StreamDeps, "client" | "onHeard"> {
  readonly session: ConsoleSession;
  /** Told that the way to the server broke. */
  readonly onBroken: () => void;
}

/** What is followed, and who hears. */
export interface Following {
  readonly call: SubscribeCall;
  readonly signal: AbortSignal;
  readonly tell: (event: RpcEvent) => void;
}

/** Refusals that pass: the server stops or starts, or is asked too often. */
const PASSING: ReadonlySet<string> = new Set(["busy", "rate_limited", "internal"]);

/** Refusals of a token; another one may be good. */
const OF_TOKEN: ReadonlySet<string> = new Set(["token_expired", "invalid_token", "session_ended"]);

/** Follows until nobody listens, the server ends it, or refuses it for good. */
export async function follow(deps: FollowDeps, following: Following): Promise<void> {
  const { call, signal, tell } = following;
  const at: Place = { lastId: undefined, heardAt: Date.now(), attempts: 0, isConnected: true };
  const tokens = createTokenSource(deps.session);
  while (!signal.aborted) {
    const end = await attempt(
      { ...deps, onHeard: () => hear(deps, at) },
      { call, signal, tell, at, tokens },
    );
    const isTokenBad = end.kind === "refused" && OF_TOKEN.has(end.error.code);
    const isTried = isTokenBad && tokens.tryAnother();
    if (!isTried && isLast(end, tell)) return;
    if (end.kind === "broken") deps.onBroken();
    if (at.isConnected && !isTried) tell({ kind: "disconnected", since: at.heardAt });
    at.isConnected = at.isConnected && isTried;
    await pause(waitMs(at.attempts), signal);
    at.attempts += 1;
  }
}

/** How far it is. */
interface Place {
  /** Of the newest piece that was told. */
  lastId: string | undefined;
  heardAt: number;
  /** Since it was connected last. */
  attempts: number;
  /** Whether whoever listens takes it for connected. */
  isConnected: boolean;
}

function hear(deps: FollowDeps, at: Place): void {
  at.heardAt = Date.now();
  deps.onHeard();
}

function attempt(
  deps: FollowDeps,
  { call, signal, tell, at, tokens }: Following & { at: Place; tokens: TokenSource },
): Promise<StreamEnd> {
  const { client, onHeard } = deps;
  return openStream(
    { client, onHeard, token: tokens.next },
    {
      path: call.path,
      input: withLastId(call.input, at.lastId),
      signal,
      onConnected() {
        at.attempts = 0;
        at.isConnected = true;
        tokens.wasGood();
        tell({ kind: "connected" });
      },
      onData(data, id) {
        at.lastId = id ?? at.lastId;
        tell(id === undefined ? { kind: "data", data } : { kind: "data", id, data });
      },
    },
  );
}

type TokenSource = ReturnType<typeof createTokenSource>;

/** Gives tokens; another one, once, where one was refused. */
function createTokenSource(session: ConsoleSession) {
  let used = "";
  let isAnother = false;
  return {
    async next() {
      const token = await (isAnother ? session.renew(used) : session.accessToken());
      if (token.ok) used = token.data;
      return token;
    },
    wasGood() {
      isAnother = false;
    },
    /** Tells whether there is another to be tried. */
    tryAnother(): boolean {
      const isFirst = !isAnother;
      isAnother = true;
      return isFirst;
    },
  };
}

/** Tells the end, where it is one. */
function isLast(end: StreamEnd, tell: Following["tell"]): boolean {
  switch (end.kind) {
    case "left":
      return true;
    case "ended":
      tell({ kind: "ended" });
      return true;
    case "refused":
      if (isPassing(end.error)) return false;
      tell({ kind: "error", error: end.error });
      return true;
    case "broken":
      return false;
  }
}

function isPassing({ code }: BridgeError): boolean {
  return PASSING.has(code);
}

/** Where the server goes on, as tRPC's own links say it. */
function withLastId(input: unknown, lastEventId: string | undefined): unknown {
  if (lastEventId === undefined) return input;
  if (input === undefined || input === null) return { lastEventId };
  return typeof input === "object" ? { ...input, lastEventId } : input;
}

function waitMs(attempts: number): number {
  return Math.min(WAIT_MAX_MS, FIRST_WAIT_MS * 2 ** attempts);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  const leave = () => {
    clearTimeout(timer);
    resolve();
  };
  signal.addEventListener("abort", leave, { once: true });
  return promise.finally(() => signal.removeEventListener("abort", leave));
}

/**
 * One attempt at a subscription: from its request until it breaks, ends, or is refused.
 *
 * A silence is a break: the server says every second that it is there.
 *
 * @module
 */

import type { BridgeError } from "../../ipc/bridge.ts";
import type { ConsoleSession } from "../session/console_session.ts";
import { bridgeErrorOf, readRefusal } from "./bridge_error.ts";
import type { CallContext, RpcClient } from "./rpc_client.ts";

/** Longest silence, milliseconds. A page is to know within three seconds. */
const SILENCE_MAX_MS = 2_500;

/** How often it is looked for. */
const LOOK_EVERY_MS = 250;

/** Longest wait for a stream to begin. */
const BEGIN_MAX_MS = 10_000;

/** How an attempt ended. */
export type StreamEnd =
  | { readonly kind: "ended" }
  /** The way to the server, or the server, is gone. */
  | { readonly kind: "broken" }
  | { readonly kind: "refused"; readonly error: BridgeError }
  /** Nobody listens any more. */
  | { readonly kind: "left" };

/** What an attempt needs. */
export interface StreamDeps {
  readonly client: RpcClient;
  readonly token: ConsoleSession["accessToken"];
  readonly onHeard: () => void;
}

/** What is followed, and who hears. */
export interface Stream {
  readonly path: string;
  readonly input: unknown;
  readonly signal: AbortSignal;
  readonly onConnected: () => void;
  readonly onData: (data: unknown, id: string | undefined) => void;
}

/** Makes an attempt. */
export function openStream(deps: StreamDeps, stream: Stream): Promise<StreamEnd> {
  const { promise, resolve } = Promise.withResolvers<StreamEnd>();
  const { path, input, signal } = stream;
  let refusal: BridgeError | null = null;
  let quietSince = Date.now();
  let quietMaxMs = BEGIN_MAX_MS;
  const context: CallContext = {
    async token() {
      const token = await deps.token();
      if (!token.ok) refusal = token.error;
      return token;
    },
    onHeard() {
      quietSince = Date.now();
      quietMaxMs = SILENCE_MAX_MS;
      deps.onHeard();
    },
    async onRefused(response) {
      refusal = response.ok ? NO_STREAM : readRefusal(await response.json().catch(() => null));
    },
  };
  const subscription = deps.client.subscription(path, input, {
    context,
    onStarted: stream.onConnected,
    onData(value) {
      const { data, id } = readPiece(value);
      stream.onData(data, id);
    },
    onError: (error) => finish(endBy(refusal ?? bridgeErrorOf(error))),
    onComplete: () => finish({ kind: "ended" }),
    onConnectionStateChange({ state, error }) {
      // The library would try again by itself, always after the same time.
      if (state === "connecting" && error !== null) finish(endBy(refusal));
    },
  });
  const watch = setInterval(() => {
    if (Date.now() - quietSince > quietMaxMs) finish({ kind: "broken" });
  }, LOOK_EVERY_MS);
  const leave = () => finish({ kind: "left" });
  signal.addEventListener("abort", leave, { once: true });
  if (signal.aborted) leave();

  function finish(end: StreamEnd): void {
    clearInterval(watch);
    signal.removeEventListener("abort", leave);
    resolve(end);
    // Not within the library's own call.
    queueMicrotask(() => subscription.unsubscribe());
  }
  return promise;
}

function endBy(error: BridgeError | null): StreamEnd {
  const isBroken = error === null || error.code === "offline" || error.code === "bad_answer";
  return isBroken ? { kind: "broken" } : { kind: "refused", error };
}

/** What answers with something else than a stream never will with one. */
const NO_STREAM: BridgeError = {
  code: "not_found",
  message: "There is nothing to follow there.",
  status: 0,
};

/** A piece with an id comes wrapped. */
function readPiece(value: unknown): { data: unknown; id: string | undefined } {
  const isWrapped = typeof value === "object" && value !== null && "id" in value && "data" in value;
  if (!isWrapped) return { data: value, id: undefined };
  return { data: value.data, id: typeof value.id === "string" ? value.id : undefined };
}

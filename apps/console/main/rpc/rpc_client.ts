/**
 * The procedures of one server, called with a token and a proof of the key that it is bound to.
 *
 * @see RFC 9449 (DPoP), section 7.1
 * @module
 */

import type { adminRouter } from "@postern/rpc";
import {
  createTRPCUntypedClient,
  httpLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCUntypedClient,
} from "@trpc/client";
import { EventSource } from "eventsource";
import type { Outcome } from "../../ipc/bridge.ts";
import type { DpopKey } from "../oauth/dpop_key.ts";
import { ask, type Fetch } from "../oauth/fetch_port.ts";
import type { ServerClock } from "../oauth/server_clock.ts";
import { Refusal } from "./bridge_error.ts";
import { watchStream } from "./watch_stream.ts";

const PATH = "/admin/trpc";

/** What it needs. */
export interface RpcDeps {
  readonly fetch: Fetch;
  readonly clock: ServerClock;
  readonly key: DpopKey;
  /** Origin that is called. */
  readonly origin: string;
  /** Origin that the server knows itself by there. */
  readonly calledAs: string;
}

/** What a call carries with it. */
export interface CallContext extends Record<string, unknown> {
  /** Gives the token to call with. */
  readonly token: () => Promise<Outcome<string>>;
  /** Called with each sign of life of a stream. */
  readonly onHeard?: () => void;
  /** Called with the answer to a stream's request, where it is a refusal. */
  readonly onRefused?: (response: RefusedStream) => Promise<void>;
}

/** An answer that is no stream. */
export interface RefusedStream {
  readonly ok: boolean;
  json(): Promise<unknown>;
}

/** Calls by path; the page's own client knows the types. */
export type RpcClient = TRPCUntypedClient<typeof adminRouter>;

/** Makes the client. Each call's context is a `CallContext`. */
export function createRpcClient(deps: RpcDeps): RpcClient {
  const { fetch, clock, key, origin, calledAs } = deps;
  const url = `${origin}${PATH}`;

  async function headersFor(method: string, path: string, context: unknown) {
    const token = await (context as CallContext).token();
    if (!token.ok) throw new Refusal(token.error);
    const accessToken = token.data;
    const address = `${calledAs}${PATH}/${path}`;
    const DPoP = await key.prove({ method, url: address, now: clock.now(), accessToken });
    return { Authorization: `DPoP ${accessToken}`, DPoP };
  }

  return createTRPCUntypedClient<typeof adminRouter>({
    links: [
      splitLink({
        condition: ({ type }) => type === "subscription",
        true: httpSubscriptionLink({
          url,
          EventSource,
          eventSourceOptions: ({ op: { path, context } }) => ({
            fetch: async (address, init) => {
              const headers = await headersFor("GET", path, context);
              const { onHeard, onRefused } = context as unknown as CallContext;
              const response = await fetch(address, {
                ...init,
                headers: { ...init.headers, ...headers },
                credentials: "omit",
                redirect: "error",
              } as RequestInit);
              clock.note(response);
              if (!isStream(response)) await onRefused?.(response.clone());
              return watchStream(response, onHeard);
            },
          }),
        }),
        false: httpLink({
          url,
          headers: ({ op: { type, path, context } }) =>
            headersFor(type === "query" ? "GET" : "POST", path, context),
          fetch: async (address, init) => {
            const response = await ask(fetch, String(address), init as RequestInit);
            clock.note(response);
            const { ok } = response;
            return { ok, json: () => response.json() };
          },
        }),
      }),
    ],
  });
}

function isStream({ ok, headers }: Pick<Response, "ok" | "headers">): boolean {
  return ok && (headers.get("content-type") ?? "").startsWith("text/event-stream");
}

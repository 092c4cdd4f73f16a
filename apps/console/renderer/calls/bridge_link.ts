/**
 * The end of tRPC's client: calls go over the bridge, which alone speaks to a server.
 *
 * @module
 */

import type { adminRouter } from "@postern/rpc";
import { TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import type { Bridge, RpcEvent } from "../../ipc/bridge.ts";
import { CallRefusal } from "./problem.ts";

/** The type of the server's procedures. */
export type AdminRouter = typeof adminRouter;

type Calling = Parameters<ReturnType<TRPCLink<AdminRouter>>>[0];
type Operation = Calling["op"];
type Observer = Parameters<
  Parameters<typeof observable<unknown, TRPCClientError<AdminRouter>>>[0]
>[0];

/** Makes the link. */
export function bridgeLink(bridge: Bridge): TRPCLink<AdminRouter> {
  return () =>
    ({ op }) =>
      observable((observer) => {
        const teller = observer as Observer;
        if (op.type === "subscription") return follow(bridge, op, teller);
        void ask(bridge, op, teller);
        return undefined;
      });
}

async function ask(bridge: Bridge, op: Operation, observer: Observer): Promise<void> {
  const { path, input } = op;
  const type = op.type === "mutation" ? "mutation" : "query";
  const answer = await bridge.request({ type, path, input });
  if (!answer.ok) {
    observer.error(TRPCClientError.from(new CallRefusal(answer.error, { path, input })));
    return;
  }
  observer.next({ result: { type: "data", data: answer.data } });
  observer.complete();
}

function follow(bridge: Bridge, { path, input }: Operation, observer: Observer): () => void {
  function hear(event: RpcEvent): void {
    switch (event.kind) {
      case "data": {
        const { id, data } = event;
        observer.next({ result: { type: "data", data: id === undefined ? data : { id, data } } });
        return;
      }
      case "error":
        observer.error(TRPCClientError.from(new CallRefusal(event.error, { path, input })));
        return;
      case "ended":
        observer.complete();
        return;
      case "connected":
      case "disconnected":
        // The connection of all calls is in the console's state, and shown from there.
        return;
    }
  }
  return bridge.subscribe({ path, input }, hear);
}

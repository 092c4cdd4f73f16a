/**
 * Being signed in to one server: calls, subscriptions and confirmations, until it ends.
 *
 * @module
 */

import type { JWK } from "jose";
import type { Outcome, RpcAnswer, RpcCall } from "../../ipc/bridge.ts";
import { done, failed } from "../../ipc/outcome.ts";
import type { AuthServer } from "../oauth/discover.ts";
import type { DpopKey } from "../oauth/dpop_key.ts";
import type { Fetch } from "../oauth/fetch_port.ts";
import type { ServerClock } from "../oauth/server_clock.ts";
import { exchangeCode, revokeToken } from "../oauth/token_endpoint.ts";
import { visitBrowser } from "../oauth/visit_browser.ts";
import { callProcedure } from "../rpc/call_procedure.ts";
import { isProcedurePath } from "../rpc/check_path.ts";
import { type Following, follow } from "../rpc/follow.ts";
import { plainInput } from "../rpc/plain_input.ts";
import { createRpcClient } from "../rpc/rpc_client.ts";
import { type ConsoleSession, holdSession, type SessionTokens } from "./console_session.ts";
import type { KeptSession } from "./kept_session.ts";
import { createStepUps, operationFields, operationOf } from "./step_ups.ts";

/** What it needs. */
export interface SignedInDeps {
  readonly fetch: Fetch;
  readonly clock: ServerClock;
  readonly key: DpopKey;
  /** The key's secret form, where the sign-in is kept. */
  readonly secret: JWK | null;
  readonly server: AuthServer;
  /** Origin that is called. */
  readonly origin: string;
  readonly openExternal: (address: string) => Promise<void>;
  readonly keep: (kept: KeptSession) => Promise<void>;
  readonly onEnded: () => void;
  /** Called with each sign of life of the server. */
  readonly onHeard: () => void;
  readonly onBroken: () => void;
}

/** Being signed in. */
export interface SignedIn {
  readonly user: ConsoleSession["user"];
  readonly endsAt: number;
  call(call: RpcCall): Promise<RpcAnswer>;
  follow(following: Following): Promise<void>;
  /** Has one call confirmed in the browser. */
  confirm(call: Pick<RpcCall, "path" | "input">, signal: AbortSignal): Promise<Outcome<null>>;
  /** Keeps what a restart needs, where that can be kept. */
  keep(tokens: SessionTokens): Promise<void>;
  /** Signs out, at the server too. */
  end(): Promise<void>;
}

/** Begins, or goes on where another run of the console left off. */
export function beSignedIn(deps: SignedInDeps, tokens: SessionTokens): SignedIn {
  const { fetch, clock, key, server, origin, onHeard, onBroken } = deps;
  const keep = (next: SessionTokens) => keepTokens(deps, next);
  const session = holdSession({ fetch, clock, key, server, onEnded: deps.onEnded, keep }, tokens);
  const client = createRpcClient({ fetch, clock, key, origin, calledAs: server.calledAs });
  const stepUps = createStepUps({ fetch, clock, server });
  const onAnswer = (isHeard: boolean) => (isHeard ? onHeard() : onBroken());
  return {
    get user() {
      return session.user;
    },
    get endsAt() {
      return session.endsAt;
    },
    call: (call) => callProcedure({ client, session, stepUps, onAnswer }, call),
    async follow({ call, signal, tell }) {
      const input = plainInput(call.input);
      if (input === null || !isProcedurePath(call.path)) {
        tell({ kind: "error", error: NO_SUCH.error });
        return;
      }
      const checked = { path: call.path, input: input.value };
      await follow({ client, session, onHeard, onBroken }, { call: checked, signal, tell });
    },
    async confirm({ path, input }, signal) {
      const plain = plainInput(input);
      if (plain === null || !isProcedurePath(path)) return NO_SUCH;
      const asked = operationFields(path, plain.value);
      const brought = await visitBrowser(deps, { server, asked, signal });
      if (!brought.ok) return brought;
      const confirmed = await exchangeCode({ fetch, clock, key, server }, brought.data);
      if (!confirmed.ok) return confirmed;
      if (confirmed.data.user.id !== session.user.id) {
        await revokeToken({ fetch, server }, confirmed.data.refreshToken);
        return failed("forbidden", "Somebody else confirmed it in the browser.");
      }
      stepUps.add(operationOf(path, plain.value), confirmed.data);
      return done(null);
    },
    keep,
    async end() {
      await Promise.all([stepUps.spendAll(), session.end()]);
    },
  };
}

async function keepTokens(
  { secret, server, keep: write }: SignedInDeps,
  { refreshToken, endsAt, user }: SessionTokens,
): Promise<void> {
  if (secret === null) return;
  const key = { ...secret } as KeptSession["key"];
  await write({ version: 1, key, refreshToken, endsAt, user, server });
}

const NO_SUCH = failed("not_found", "There is no such procedure.");

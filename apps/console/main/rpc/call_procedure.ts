/**
 * One call of the page: checked, made, and its answer put into the bridge's words.
 *
 * @module
 */

import type { RpcAnswer, RpcCall } from "../../ipc/bridge.ts";
import { done, failed, refusedBy } from "../../ipc/outcome.ts";
import type { ConsoleSession } from "../session/console_session.ts";
import { operationOf, type StepUps } from "../session/step_ups.ts";
import { bridgeErrorOf } from "./bridge_error.ts";
import { isProcedurePath } from "./check_path.ts";
import { plainInput } from "./plain_input.ts";
import type { CallContext, RpcClient } from "./rpc_client.ts";

/** What calling needs. */
export interface CallDeps {
  readonly client: RpcClient;
  readonly session: ConsoleSession;
  readonly stepUps: StepUps;
  /** Told whether the server answered. */
  readonly onAnswer: (isHeard: boolean) => void;
}

/** Calls a procedure. */
export async function callProcedure(deps: CallDeps, call: RpcCall): Promise<RpcAnswer> {
  const { type, path } = call;
  const input = plainInput(call.input);
  if (!isProcedurePath(path)) return failed("not_found", "There is no such procedure.");
  if (input === null) return failed("too_large", "That is more than the server takes.");
  const operation = operationOf(path, input.value);
  const confirmed = type === "mutation" ? deps.stepUps.find(operation) : undefined;
  if (confirmed === undefined)
    return await callAsSignedIn(deps, { type, path, input: input.value });
  const answer = await callOnce(deps, { type, path, input: input.value }, async () =>
    done(confirmed),
  );
  // Kept only where the server may not have had it.
  if (answer.ok || answer.error.status !== 0) await deps.stepUps.spend(operation);
  return answer;
}

/** A token that was refused is renewed, once: the server may have dropped a key since. */
async function callAsSignedIn(deps: CallDeps, call: RpcCall): Promise<RpcAnswer> {
  const { session } = deps;
  let used = "";
  const first = await callOnce(deps, call, async () => {
    const token = await session.accessToken();
    if (token.ok) used = token.data;
    return token;
  });
  if (first.ok || !isTokenRefusal(first.error.code)) return first;
  return await callOnce(deps, call, () => session.renew(used));
}

function isTokenRefusal(code: string): boolean {
  return code === "token_expired" || code === "invalid_token" || code === "session_ended";
}

async function callOnce(
  { client, onAnswer }: CallDeps,
  { type, path, input }: RpcCall,
  token: CallContext["token"],
): Promise<RpcAnswer> {
  const context: CallContext = { token };
  try {
    const data =
      type === "query"
        ? await client.query(path, input, { context })
        : await client.mutation(path, input, { context });
    onAnswer(true);
    return done(data);
  } catch (thrown) {
    const error = bridgeErrorOf(thrown);
    if (error.status !== 0) onAnswer(true);
    if (error.code === "offline") onAnswer(false);
    return refusedBy(error);
  }
}

/**
 * The REST client of pages and bots.
 *
 * It knows no browser and no runtime: the network is handed in, and so is what keeps tabs apart.
 *
 * @module
 */

import type { OperationId } from "@postern/wire";
import type { Answer, ClientProblemCode } from "./answer.ts";
import type { Call, MakeCall, ValueOf } from "./call_types.ts";
import { cookieCredentials } from "./cookie_credentials.ts";
import { type Credentials, isSignedOut, type Lock } from "./credentials.ts";
import { createSend, type Exchange, type Fetch, type Send } from "./exchange.ts";
import { type RestCalls, restCalls } from "./rest.ts";
import { type TokenBox, tokenCredentials } from "./token_credentials.ts";

/**
 * What a client needs.
 */
export interface ClientOptions {
  readonly fetch: Fetch;
  /** Origin of the server, without a slash at its end; empty for a page that calls its own. */
  readonly baseUrl: string;
  /** Tokens to send; without them the client relies on a browser's cookies. */
  readonly tokens?: TokenBox;
  /** Keeps refreshes of several clients with the same cookies apart. */
  readonly lock?: Lock;
  /** Told when a call was refused since nobody is signed in any more, and nothing could mend that. */
  readonly onSignedOut?: () => void;
}

/**
 * All calls, and a way to forget who one was.
 */
export interface Client extends RestCalls {
  /**
   * Refreshes cookies or tokens before they run out, such as for an open WebSocket. Ordinary calls
   * do so by themselves.
   *
   * @returns `false` if that failed; a call then tells whether anybody is still signed in.
   */
  renew(): Promise<boolean>;
  /** Drops the CSRF token or the tokens, such as when another tab signed out. */
  forget(): void;
}

/** Makes a client. */
export function createClient(options: ClientOptions): Client {
  const send = createSend(options.fetch, options.baseUrl);
  const lock: Lock = options.lock ?? ((_name, work) => work());
  const credentials =
    options.tokens === undefined
      ? cookieCredentials(send, lock)
      : tokenCredentials(send, lock, options.tokens);
  const makeCall = createMakeCall(send, credentials);
  const { onSignedOut } = options;
  return {
    ...restCalls(
      onSignedOut === undefined ? makeCall : telling(makeCall, onSignedOut),
      credentials,
      options.tokens,
    ),
    renew: () => credentials.renew(),
    forget: () => credentials.forget(),
  };
}

/** Each kind of complaint is mended once: csrf_failed, then token_expired, or the other way round. */
const TRIES_MAX = 3;

function createMakeCall(send: Send, credentials: Credentials): MakeCall {
  return async function makeCall<Id extends OperationId>(call: Call<Id>) {
    const mended = new Set<ClientProblemCode>();
    let answer = await attempt<ValueOf<Id>>(call);
    while (!answer.ok && mended.size < TRIES_MAX - 1 && !mended.has(answer.problem.code)) {
      mended.add(answer.problem.code);
      if (!(await credentials.mend(answer.problem))) return answer;
      answer = await attempt<ValueOf<Id>>(call);
    }
    return answer;
  };

  async function attempt<T>(call: Exchange): Promise<Answer<T>> {
    const headers = await credentials.headersFor(call.method);
    if (!headers.ok) return headers;
    return await send<T>({ ...call, headers: headers.value });
  }
}

/** Tells of every answer that says that nobody is signed in. */
function telling(makeCall: MakeCall, onSignedOut: () => void): MakeCall {
  return async function tellAndAnswer<Id extends OperationId>(call: Call<Id>) {
    const answer = await makeCall(call);
    if (!answer.ok && isSignedOut(answer.problem)) onSignedOut();
    return answer;
  };
}

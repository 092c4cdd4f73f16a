/**
 * How a chat proves who it is when it connects, and again before that runs out.
 *
 * A renewal within a connection needs an access token. A page cannot read its own, so its chat
 * renews by a second connection, which takes over from the first when it is ready.
 *
 * @module
 */

import type { Answer } from "../answer.ts";
import type { Client } from "../client.ts";
import { isSignedOut } from "../credentials.ts";
import type { TokenBox } from "../token_credentials.ts";

/** What became of an attempt to get newer credentials; `unknown` where the server could not say. */
export type Renewal = "renewed" | "signed_out" | "unknown";

/** A way in. */
export interface Entrance {
  /** Gives what to add to the address of the WebSocket. */
  query(): Promise<Answer<Readonly<Record<string, string>>>>;
  /** Gets credentials that last longer. */
  renew(): Promise<Renewal>;
  /** Gives a token to renew with in band; `undefined` where there is none that script can read. */
  token(): string | undefined;
}

/** The way in of a page of the server's own origin, or of one with its cookies. */
export function cookieEntrance(client: Client): Entrance {
  return {
    query: () => Promise.resolve({ ok: true, value: {} }),
    renew: () => renewBy(client),
    token: () => undefined,
  };
}

/** The way in by a ticket for each connection: no token in any address. */
export function ticketEntrance(client: Client, tokens?: TokenBox): Entrance {
  return {
    async query() {
      const answer = await client.issueTicket();
      return answer.ok ? { ok: true, value: { ticket: answer.value.ticket } } : answer;
    },
    renew: () => renewBy(client),
    token: () => tokens?.read()?.access_token,
  };
}

/** The way in of a bot that puts its access token into the address; the server masks it in its log. */
export function tokenEntrance(client: Client, tokens: TokenBox): Entrance {
  const token = () => tokens.read()?.access_token;
  return {
    query() {
      const held = token();
      const value: Readonly<Record<string, string>> = held === undefined ? {} : { token: held };
      return Promise.resolve({ ok: true, value });
    },
    renew: () => renewBy(client),
    token,
  };
}

async function renewBy(client: Client): Promise<Renewal> {
  if (await client.renew()) return "renewed";
  const me = await client.getMe();
  return !me.ok && isSignedOut(me.problem) ? "signed_out" : "unknown";
}

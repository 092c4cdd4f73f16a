/**
 * Signs in to a server: by the system's browser, with a key that is new each time.
 *
 * @module
 */

import type { Outcome } from "../../ipc/bridge.ts";
import { done } from "../../ipc/outcome.ts";
import { type AuthServer, discover } from "../oauth/discover.ts";
import { type MadeKey, makeDpopKey } from "../oauth/dpop_key.ts";
import type { Fetch } from "../oauth/fetch_port.ts";
import { createServerClock, type ServerClock } from "../oauth/server_clock.ts";
import { exchangeCode, type Tokens } from "../oauth/token_endpoint.ts";
import { type VisitDeps, visitBrowser } from "../oauth/visit_browser.ts";

/** What signing in needs. */
export interface SignInDeps extends VisitDeps {
  readonly fetch: Fetch;
  /** Whether the key is to outlive the console. */
  readonly isKept: boolean;
}

/** A sign-in that succeeded. */
export interface SignedInTokens {
  readonly tokens: Tokens;
  readonly made: MadeKey;
  readonly server: AuthServer;
  readonly clock: ServerClock;
}

/** Signs in. */
export async function signIn(
  deps: SignInDeps,
  origin: string,
  signal: AbortSignal,
): Promise<Outcome<SignedInTokens>> {
  const { fetch, isKept } = deps;
  const clock = createServerClock();
  const found = await discover({ fetch, clock }, origin);
  if (!found.ok) return found;
  const server = found.data;
  const brought = await visitBrowser(deps, { server, asked: {}, signal });
  if (!brought.ok) return brought;
  const made = await makeDpopKey(isKept);
  const tokens = await exchangeCode({ fetch, clock, key: made.key, server }, brought.data);
  return tokens.ok ? done({ tokens: tokens.data, made, server, clock }) : tokens;
}

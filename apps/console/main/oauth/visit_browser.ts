/**
 * Sends whoever sits there to the server in the system's browser, and waits for a code.
 *
 * @see RFC 8252 (OAuth for native apps); RFC 7636 (PKCE)
 * @module
 */

import { randomBytes } from "node:crypto";
import type { Outcome } from "../../ipc/bridge.ts";
import { done, failed } from "../../ipc/outcome.ts";
import { isFitAddress } from "../profiles/server_origin.ts";
import type { AuthServer } from "./discover.ts";
import { hashOf } from "./dpop_key.ts";
import { openLoopback } from "./loopback_listener.ts";

/** The one client there is. */
export const CONSOLE_CLIENT = "console";

/** Longest time for a visit: somebody may have to find a password, or a second device. */
const VISIT_MAX_MS = 300_000;

/** What a visit needs. */
export interface VisitDeps {
  /** Opens an address in the system's browser. */
  readonly openExternal: (address: string) => Promise<void>;
}

/** A visit. */
export interface Visit {
  readonly server: AuthServer;
  /** Beside what every visit asks. */
  readonly asked: Readonly<Record<string, string>>;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** What a visit brings home. */
export interface BroughtCode {
  readonly code: string;
  readonly redirectUri: string;
  readonly verifier: string;
}

/** Makes a visit. */
export async function visitBrowser(deps: VisitDeps, visit: Visit): Promise<Outcome<BroughtCode>> {
  const { server, asked, signal } = visit;
  const { issuer, authorizationEndpoint } = server;
  const state = randomBytes(32).toString("base64url");
  const verifier = randomBytes(32).toString("base64url");
  const listener = await openLoopback({ state, issuer });
  const { redirectUri } = listener;
  try {
    const address = new URL(authorizationEndpoint);
    address.search = new URLSearchParams({
      response_type: "code",
      client_id: CONSOLE_CLIENT,
      redirect_uri: redirectUri,
      state,
      code_challenge: hashOf(verifier),
      code_challenge_method: "S256",
      ...asked,
    }).toString();
    if (!isFitAddress(address.href)) {
      return failed("bad_server", "The server's sign-in page is at no address that may be opened.");
    }
    await deps.openExternal(address.href);
    const code = await Promise.race([listener.answer, ending(signal)]);
    return code.ok ? done({ code: code.data, redirectUri, verifier }) : code;
  } finally {
    listener.close();
  }
}

function ending(signal: AbortSignal): Promise<Outcome<never>> {
  const { promise, resolve } = Promise.withResolvers<Outcome<never>>();
  const cancel = () => resolve(failed("cancelled", "It was cancelled."));
  const timer = setTimeout(() => {
    resolve(failed("timed_out", "Nobody finished it in the browser in time."));
  }, VISIT_MAX_MS);
  timer.unref();
  if (signal.aborted) cancel();
  signal.addEventListener("abort", cancel, { once: true });
  promise.finally(() => clearTimeout(timer)).catch(() => undefined);
  return promise;
}

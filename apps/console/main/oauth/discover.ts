/**
 * Finds where a server signs consoles in, from its own description.
 *
 * The description counts only as told by the very origin that it names as issuer: else a server could
 * send an administrator to another one, and take what that one gives. So where a listener for
 * administration names PUBLIC_URL, PUBLIC_URL is asked, and codes and refresh tokens go there alone.
 *
 * @see RFC 8414, section 3.3; RFC 9207; RFC 9700, section 4.4 (mix-up)
 * @module
 */

import { z } from "zod";
import type { Outcome } from "../../ipc/bridge.ts";
import { done, failed } from "../../ipc/outcome.ts";
import { isLoopbackHost, readServerOrigin } from "../profiles/server_origin.ts";
import { ask, type Fetch } from "./fetch_port.ts";
import type { ServerClock } from "./server_clock.ts";

const PATH = "/.well-known/oauth-authorization-server";

const description = z.object({
  issuer: z.string(),
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  revocation_endpoint: z.string(),
  code_challenge_methods_supported: z.array(z.string()),
  dpop_signing_alg_values_supported: z.array(z.string()),
  authorization_response_iss_parameter_supported: z.literal(true),
});

/** Where a server signs consoles in. */
export const authServer = z.object({
  issuer: z.string(),
  authorizationEndpoint: z.string(),
  tokenEndpoint: z.string(),
  revocationEndpoint: z.string(),
  /** Origin that the server knows itself by where procedures are called. */
  calledAs: z.string(),
});

/** Where a server signs consoles in. */
export type AuthServer = z.infer<typeof authServer>;

/** What finding out needs. */
export interface DiscoverDeps {
  readonly fetch: Fetch;
  readonly clock: ServerClock;
}

/** Asks a server for its description. */
export async function discover(deps: DiscoverDeps, origin: string): Promise<Outcome<AuthServer>> {
  const first = await readDescription(deps, origin);
  if (!first.ok) return first;
  const { issuer } = first.data;
  const told = issuer === origin ? first : await readDescription(deps, issuer);
  if (!told.ok) return told;
  if (told.data.issuer !== issuer) return failed("bad_server", MISNAMED);
  const { authorization_endpoint, token_endpoint, revocation_endpoint } = told.data;
  const endpoints = [authorization_endpoint, token_endpoint, revocation_endpoint];
  if (endpoints.some((text) => URL.parse(text)?.origin !== issuer)) {
    return failed("bad_server", MISNAMED);
  }
  // A tunnel to this machine has an address that the server does not know.
  const isTunnel = isLoopbackHost(new URL(origin).hostname);
  return done({
    issuer,
    authorizationEndpoint: authorization_endpoint,
    tokenEndpoint: token_endpoint,
    revocationEndpoint: revocation_endpoint,
    calledAs: isTunnel ? issuer : origin,
  });
}

const MISNAMED =
  "The server describes the sign-in of another one. Enter its PUBLIC_URL, or its listener for administration.";

async function readDescription(
  { fetch, clock }: DiscoverDeps,
  origin: string,
): Promise<Outcome<z.infer<typeof description>>> {
  try {
    const response = await ask(fetch, `${origin}${PATH}`, {
      headers: { Accept: "application/json" },
    });
    clock.note(response);
    const read = description.safeParse(response.ok ? await response.json() : null);
    if (!read.success) return failed("bad_server", `There is no Postern at ${origin}.`);
    const { issuer, code_challenge_methods_supported, dpop_signing_alg_values_supported } =
      read.data;
    const isFit =
      readServerOrigin(issuer) === issuer &&
      code_challenge_methods_supported.includes("S256") &&
      dpop_signing_alg_values_supported.includes("ES256");
    if (!isFit) return failed("bad_server", `${origin} does not sign consoles in as it must.`);
    return done(read.data);
  } catch (cause) {
    const isJson = cause instanceof SyntaxError;
    return isJson
      ? failed("bad_server", `There is no Postern at ${origin}.`)
      : failed("offline", `${origin} cannot be reached.`);
  }
}

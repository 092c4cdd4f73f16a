/**
 * The description of the console's sign-in.
 *
 * @see RFC 8414 (authorization server metadata); RFC 9207 (issuer in the answer); RFC 9449, section 5.1
 * @module
 */

import { OPERATIONS } from "@postern/wire";
import { DPOP_ALGORITHMS } from "../http/dpop_proof.ts";
import { type Route, reply, route } from "../http/route.ts";

/** How long others may keep it, seconds. */
const MAX_AGE_S = 300;

/** Describes it, by PUBLIC_URL on every listener. */
export function describeAuthorizationRoute({ publicUrl }: { readonly publicUrl: string }): Route {
  const description = {
    issuer: publicUrl,
    authorization_endpoint: `${publicUrl}/oauth/authorize`,
    token_endpoint: `${publicUrl}/oauth/token`,
    revocation_endpoint: `${publicUrl}/oauth/revoke`,
    jwks_uri: `${publicUrl}/.well-known/jwks.json`,
    service_documentation: `${publicUrl}/api/v1/docs`,
    response_types_supported: ["code"],
    response_modes_supported: ["query"],
    grant_types_supported: ["authorization_code", "refresh_token"],
    code_challenge_methods_supported: ["S256"],
    token_endpoint_auth_methods_supported: ["none"],
    revocation_endpoint_auth_methods_supported: ["none"],
    dpop_signing_alg_values_supported: DPOP_ALGORITHMS,
    prompt_values_supported: ["login", "consent"],
    authorization_response_iss_parameter_supported: true,
  };
  const headers = { "Cache-Control": `public, max-age=${MAX_AGE_S}` };
  return route(OPERATIONS.describeAuthorization, () => reply(200, description, { headers }));
}

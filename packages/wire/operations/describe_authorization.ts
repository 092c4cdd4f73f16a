/**
 * Where a console finds what it signs in by.
 *
 * @module
 */

import { z } from "zod";
import { defineOperation } from "../operation.ts";

const address = z.url();
const names = z.array(z.string());

/** Where a console finds what it signs in by. */
export const describeAuthorization = defineOperation({
  id: "describeAuthorization",
  method: "GET",
  path: "/.well-known/oauth-authorization-server",
  tag: "Administration",
  summary: "Describes the sign-in of the console (RFC 8414)",
  access: "public",
  answers: {
    200: z.object({
      issuer: address,
      authorization_endpoint: address,
      token_endpoint: address,
      revocation_endpoint: address,
      jwks_uri: address,
      service_documentation: address,
      response_types_supported: names,
      response_modes_supported: names,
      grant_types_supported: names,
      code_challenge_methods_supported: names,
      token_endpoint_auth_methods_supported: names,
      revocation_endpoint_auth_methods_supported: names,
      dpop_signing_alg_values_supported: names,
      prompt_values_supported: names,
      authorization_response_iss_parameter_supported: z.boolean(),
    }),
  },
  codes: [],
});

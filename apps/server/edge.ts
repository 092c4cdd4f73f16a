/**
 * What stands at the edge, and knows nothing of accounts.
 *
 * @module
 */

import type { SettledConfig } from "./config.ts";
import { createAnswers } from "./http/answers.ts";
import { createClientAddress } from "./http/client_address.ts";
import { createCookieReader } from "./http/cookies.ts";
import { createOriginCheck } from "./http/cors_options.ts";
import { createContentSecurityPolicies } from "./http/csp.ts";
import { createHostGate } from "./http/host_gate.ts";
import { createSecurityHeaders } from "./http/security_headers.ts";

/** What stands at the edge. */
export type Edge = ReturnType<typeof createEdge>;

/** Makes it, of what the operator decided alone. */
export function createEdge(config: SettledConfig) {
  const policies = createContentSecurityPolicies(config.publicUrl);
  const admin = config.adminListen === undefined ? [] : [config.adminListen.allowedHost];
  return {
    policies,
    publicUrl: config.publicUrl,
    answers: createAnswers(createSecurityHeaders(policies, config.isHttps)),
    hostGates: {
      main: createHostGate(config.allowedHosts),
      admin: createHostGate([...config.allowedHosts, ...admin]),
    },
    clientAddress: createClientAddress(config.trustedProxies),
    readsForwarded: config.trustedProxies.length > 0,
    readCookies: createCookieReader(config.cookies.prefix),
    isAllowedOrigin: createOriginCheck(config.allowedOrigins),
  };
}

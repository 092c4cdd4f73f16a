/**
 * Tokens for a console: for its code, or for its refresh token.
 *
 * @module
 */

import { z } from "zod";
import { defineOperation } from "../operation.ts";
import { consoleTokens, oauthError } from "../shapes/oauth.ts";

/** Tokens for a console. */
export const issueConsoleTokens = defineOperation({
  id: "issueConsoleTokens",
  method: "POST",
  path: "/oauth/token",
  tag: "Administration",
  summary:
    "Gives a console tokens for its code, or for its refresh token, beside a DPoP proof of its key",
  access: "exempt",
  body: z.object({
    grant_type: z.string(),
    client_id: z.string().optional(),
    code: z.string().optional(),
    redirect_uri: z.string().optional(),
    code_verifier: z.string().optional(),
    refresh_token: z.string().optional(),
  }),
  bodyType: "form",
  answers: { 200: consoleTokens, 400: oauthError, 401: oauthError },
  refusals: "oauth",
  codes: [],
});

/**
 * A console gives its tokens up.
 *
 * @module
 */

import { z } from "zod";
import { defineOperation } from "../operation.ts";
import { oauthError } from "../shapes/oauth.ts";

/** A console gives its tokens up. */
export const revokeConsoleToken = defineOperation({
  id: "revokeConsoleToken",
  method: "POST",
  path: "/oauth/revoke",
  tag: "Administration",
  summary: "Ends the session of a console's token (RFC 7009); 200 for any other token, too",
  access: "exempt",
  body: z.object({
    token: z.string(),
    token_type_hint: z.string().optional(),
    client_id: z.string().optional(),
  }),
  bodyType: "form",
  answers: { 200: null, 400: oauthError, 401: oauthError },
  refusals: "oauth",
  codes: [],
});

/**
 * What a console asks, at both ends of the page that it is asked on.
 *
 * @see RFC 6749, section 4.1.1; RFC 7636, section 4.3; OpenID Connect Core 1.0, section 3.1.2.1 (`prompt`, `max_age`)
 * @module
 */

import { z } from "zod";

const text = z.string().max(2_048);

/** The parameters of an authorization request. */
export const authorizationFields = {
  client_id: text.optional().meta({ description: "`console`" }),
  redirect_uri: text.optional().meta({ description: "`http://127.0.0.1:<port>/callback`" }),
  response_type: text.optional().meta({ description: "`code`" }),
  state: text.optional(),
  code_challenge: text.optional(),
  code_challenge_method: text.optional().meta({ description: "`S256`" }),
  prompt: text.optional().meta({ description: "`login`: somebody must sign in anew" }),
  max_age: text.optional().meta({ description: "Seconds that the sign-in may be old" }),
  signed_in_after: text.optional().meta({ description: "Added on the way to the sign-in page" }),
  operation: text.optional().meta({
    description:
      "Binds the fresh sign-in to one operation: its procedure, a colon, and the SHA-256 in base64url of its input as JSON with sorted names",
  }),
  operation_input: text.optional().meta({ description: "That input as JSON, to be shown" }),
};

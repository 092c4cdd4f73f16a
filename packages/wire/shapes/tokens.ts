/**
 * Tokens for callers without cookies.
 *
 * @see RFC 6749, section 5.1
 * @module
 */

import { z } from "zod";

/** A pair of tokens. `expires_in` is the access token's, in seconds. */
export const tokens = z.object({
  access_token: z.string(),
  refresh_token: z.string(),
  token_type: z.literal("Bearer"),
  expires_in: z.int(),
});

/** A pair of tokens. */
export type Tokens = z.infer<typeof tokens>;

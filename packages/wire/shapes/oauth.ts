/**
 * What the token endpoint answers with.
 *
 * @see RFC 6749, sections 5.1 and 5.2; RFC 9449, section 5
 * @module
 */

import { z } from "zod";
import { adminRole } from "../admin/permissions.ts";

/** A refusal of the token or revocation endpoint. */
export const oauthError = z.object({
  error: z.string(),
  /** For people. */
  error_description: z.string(),
});

/** Tokens of a console, each good beside a proof of its key alone. */
export const consoleTokens = z.object({
  access_token: z.string(),
  token_type: z.literal("DPoP"),
  /** Seconds that the access token is good for. */
  expires_in: z.int(),
  refresh_token: z.string(),
  /** When the browser that allowed it had signed in: seconds since the epoch. */
  auth_time: z.int(),
  /** When the console's session ends, however it is used: seconds since the epoch. */
  session_expires_at: z.int(),
  user: z.object({ id: z.string(), username: z.string(), role: adminRole.nullable() }),
});

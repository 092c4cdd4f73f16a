/**
 * A session: one signed-in device.
 *
 * @module
 */

import { z } from "zod";
import { timestamp } from "./timestamp.ts";

/** One signed-in device of the caller. */
export const session = z.object({
  id: z.string(),
  current: z.boolean(),
  kind: z.enum(["browser", "api", "console"]),
  created_at: timestamp,
  last_seen_at: timestamp,
  expires_at: timestamp,
  ip: z.string().nullable(),
  user_agent: z.string().nullable(),
  device: z.string(),
});

/** One signed-in device of the caller. */
export type Session = z.infer<typeof session>;

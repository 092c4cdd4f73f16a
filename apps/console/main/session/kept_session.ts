/**
 * A sign-in as the vault keeps it: what is needed to go on after a restart.
 *
 * @module
 */

import { adminRole } from "@postern/wire";
import { z } from "zod";
import { authServer } from "../oauth/discover.ts";

const keptSession = z.object({
  version: z.literal(1),
  /** Private. */
  key: z.record(z.string(), z.json()),
  refreshToken: z.string().min(1),
  /** Milliseconds since the epoch. */
  endsAt: z.number(),
  user: z.object({ id: z.string(), username: z.string(), role: adminRole.nullable() }),
  server: authServer,
});

/** A sign-in as the vault keeps it. */
export type KeptSession = z.infer<typeof keptSession>;

/** Reads what the vault has; null where it makes no sense. */
export function readKeptSession(text: string): KeptSession | null {
  try {
    return keptSession.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

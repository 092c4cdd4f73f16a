/**
 * A linked provider account.
 *
 * @module
 */

import { z } from "zod";
import { timestamp } from "./timestamp.ts";

/** One provider account that is linked to the caller's. */
export const account = z.object({
  id: z.string(),
  provider: z.string(),
  provider_name: z.string(),
  /** What people know it by; null where the provider tells nothing. */
  label: z.string().nullable(),
  linked_at: timestamp,
  last_used_at: timestamp,
  /** Whether the provider has taken its tokens back, so that it should be linked again. */
  needs_reconnect: z.boolean(),
});

/** One provider account that is linked to the caller's. */
export type Account = z.infer<typeof account>;

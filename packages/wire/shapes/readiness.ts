/**
 * Whether the server can serve, check by check.
 *
 * @module
 */

import { z } from "zod";

/** The outcome of every check. */
export const readiness = z.object({
  ok: z.boolean(),
  checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })),
});

/** The outcome of every check. */
export type Readiness = z.infer<typeof readiness>;

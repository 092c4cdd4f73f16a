/**
 * A user, as that user sees it.
 *
 * @module
 */

import { z } from "zod";
import { timestamp } from "./timestamp.ts";

/** The signed-in user's own account. */
export const user = z.object({
  id: z.string(),
  username: z.string(),
  email: z.string(),
  email_verified: z.boolean(),
  name: z.string().nullable(),
  picture: z.string().nullable(),
  role: z.enum(["owner", "security", "support", "auditor"]).nullable(),
  has_password: z.boolean(),
  created_at: timestamp,
});

/** The signed-in user's own account. */
export type User = z.infer<typeof user>;

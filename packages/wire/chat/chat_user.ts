/**
 * A user, as other members of a conversation see it.
 *
 * @module
 */

import { z } from "zod";

/** A user, as other members see it. */
export const chatUser = z.object({ id: z.string(), username: z.string() });

/** A user, as other members see it. */
export type ChatUser = z.infer<typeof chatUser>;

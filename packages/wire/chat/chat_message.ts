/**
 * A message, as it is stored and shown.
 *
 * @module
 */

import { z } from "zod";
import { timestamp } from "../shapes/timestamp.ts";
import { chatUser } from "./chat_user.ts";

/** A message; `seq` rises by one within its conversation, and `id` is the one its author chose. */
export const chatMessage = z.object({
  seq: z.int().min(1),
  id: z.string(),
  user: chatUser,
  text: z.string(),
  at: timestamp,
});

/** A message. */
export type ChatMessage = z.infer<typeof chatMessage>;

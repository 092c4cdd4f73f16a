/**
 * Frames that a client sends.
 *
 * To tell a frame of no known type, which ends the connection, from one with bad
 * fields, which is answered `invalid_frame`, look its `type` up in `CLIENT_FRAMES` first.
 *
 * @module
 */

import { z } from "zod";
import { HISTORY_LIMIT, MESSAGE_MAX_LENGTH, MESSAGE_MIN_LENGTH } from "./chat_limits.ts";

const messageText = z
  .string()
  .refine((text) => text.isWellFormed() && hasMessageLength(text))
  .meta({ minLength: MESSAGE_MIN_LENGTH, maxLength: MESSAGE_MAX_LENGTH });

const seq = z.int().min(0);

/** Each frame that a client may send, by its type. */
export const CLIENT_FRAMES = {
  message: z.object({ type: z.literal("message"), id: z.uuid(), text: messageText }),
  history: z.object({
    type: z.literal("history"),
    after: seq.optional(),
    before: seq.optional(),
    limit: z.int().min(1).default(HISTORY_LIMIT),
  }),
  typing: z.object({ type: z.literal("typing") }),
  ping: z.object({ type: z.literal("ping") }),
  auth: z.object({ type: z.literal("auth"), token: z.string().min(1) }),
} as const;

/** Any frame that a client may send. */
export const clientFrame = z.discriminatedUnion("type", [
  CLIENT_FRAMES.message,
  CLIENT_FRAMES.history,
  CLIENT_FRAMES.typing,
  CLIENT_FRAMES.ping,
  CLIENT_FRAMES.auth,
]);

/** A frame as a client writes it. */
export type ClientFrame = z.input<typeof clientFrame>;

/** A frame as the server reads it. */
export type ReadClientFrame = z.output<typeof clientFrame>;

/** Counts code points only as far as it must: no more than twice the limit of units can fit. */
function hasMessageLength(text: string): boolean {
  if (text.length < MESSAGE_MIN_LENGTH || text.length > 2 * MESSAGE_MAX_LENGTH) return false;
  if (text.length <= MESSAGE_MAX_LENGTH) return true;
  let points = 0;
  for (const _ of text) points += 1;
  return points <= MESSAGE_MAX_LENGTH;
}

/**
 * Frames that the server sends.
 *
 * More may come: a client passes over a type, and a field, that it does not know.
 *
 * @module
 */

import { z } from "zod";
import { timestamp } from "../shapes/timestamp.ts";
import { chatMessage } from "./chat_message.ts";
import { chatUser } from "./chat_user.ts";

/** Codes of `error` frames; the connection stays open. */
export const frameErrorCode = z.enum(["invalid_frame", "busy"]);

/** A code of an `error` frame. */
export type FrameErrorCode = z.infer<typeof frameErrorCode>;

/** Any frame that the server sends. */
export const serverFrame = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("ready"),
    conversation: z.string(),
    user: chatUser,
    /** Of the newest message; 0 where there is none. */
    seq: z.int().min(0),
    expires_at: timestamp,
  }),
  z.object({ type: z.literal("renewed"), expires_at: timestamp }),
  chatMessage.extend({ type: z.literal("message") }),
  z.object({ type: z.literal("ack"), id: z.string(), seq: z.int().min(1) }),
  z.object({ type: z.literal("history"), messages: z.array(chatMessage), more: z.boolean() }),
  z.object({
    type: z.literal("presence"),
    user: chatUser,
    state: z.enum(["online", "offline"]),
  }),
  z.object({ type: z.literal("typing"), user: chatUser }),
  z.object({ type: z.literal("pong") }),
  z.object({ type: z.literal("expiring"), at: timestamp }),
  z.object({ type: z.literal("error"), code: frameErrorCode, detail: z.string() }),
]);

/** A frame that the server sends. */
export type ServerFrame = z.infer<typeof serverFrame>;

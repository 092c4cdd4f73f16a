/**
 * Reads a frame of a client.
 *
 * @module
 */

import { CLIENT_FRAMES, CLOSE_CODES, FRAME_MAX_BYTES, type ReadClientFrame } from "@postern/wire";

/** A frame; or the code to close with; or `"invalid"`: known type, bad fields. */
export type FrameRead =
  | ReadClientFrame
  | typeof CLOSE_CODES.tooLarge
  | typeof CLOSE_CODES.malformed
  | "invalid";

/** Reads what arrived. */
export function readFrame(data: string | Uint8Array): FrameRead {
  if (Buffer.byteLength(data) > FRAME_MAX_BYTES) return CLOSE_CODES.tooLarge;
  if (typeof data !== "string") return CLOSE_CODES.malformed;
  const value = parse(data);
  if (typeof value !== "object" || value === null || !("type" in value))
    return CLOSE_CODES.malformed;
  const { type } = value;
  if (typeof type !== "string" || !Object.hasOwn(CLIENT_FRAMES, type)) return CLOSE_CODES.malformed;
  const read = CLIENT_FRAMES[type as keyof typeof CLIENT_FRAMES].safeParse(value);
  return read.success ? read.data : "invalid";
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

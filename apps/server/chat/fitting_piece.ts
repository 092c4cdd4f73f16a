/**
 * As much of a piece of history as fits in a frame: one larger than what may wait for a slow reader
 * would have the connection cut by the next frame, and asked for again, for ever.
 *
 * @module
 */

import type { ChatMessage } from "@postern/wire";
import { HISTORY_MAX_BYTES } from "./limits.ts";

/** Messages in ascending order, and whether there are more in the direction that was asked for. */
export interface HistoryPiece {
  readonly messages: readonly ChatMessage[];
  readonly more: boolean;
}

/**
 * Leaves out what does not fit, from the end that is farther in the direction; one message always fits.
 *
 * @param isForward Whether the newer ones were asked for.
 */
export function fittingPiece(piece: HistoryPiece, isForward: boolean): HistoryPiece {
  const nearFirst = isForward ? piece.messages : piece.messages.toReversed();
  let bytes = 0;
  const count = nearFirst.findIndex((message) => {
    bytes += Buffer.byteLength(JSON.stringify(message));
    return bytes > HISTORY_MAX_BYTES;
  });
  if (count < 0) return piece;
  const kept = nearFirst.slice(0, Math.max(1, count));
  const isCut = kept.length < nearFirst.length;
  return { messages: isForward ? kept : kept.toReversed(), more: piece.more || isCut };
}

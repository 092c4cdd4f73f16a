/**
 * Notes every piece of a stream as it passes, pings too, which the library above keeps to itself.
 *
 * @module
 */

import type { FetchLikeResponse } from "eventsource";

/** The same answer, watched. */
export function watchStream(
  response: Response,
  onPiece: (() => void) | undefined,
): FetchLikeResponse {
  const { body, ok, status, headers, url, redirected } = response;
  if (body === null || onPiece === undefined || !ok) return response;
  const watched = body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(piece, controller) {
        onPiece();
        controller.enqueue(piece);
      },
    }),
  );
  return { body: watched, status, headers, url, redirected };
}

/**
 * Puts runs of messages together, each once and in order.
 *
 * @module
 */

import type { ChatMessage } from "@postern/wire";

/** Puts two ascending runs together; the first is given back where the second adds nothing. */
export function mergeMessages(
  kept: readonly ChatMessage[],
  more: readonly ChatMessage[],
): readonly ChatMessage[] {
  const last = kept.at(-1)?.seq ?? 0;
  const first = kept[0]?.seq ?? Number.POSITIVE_INFINITY;
  const isMiddle = more.some(({ seq }) => seq >= first && seq <= last);
  if (isMiddle) return mergeAnew(kept, more);
  if (more.length === 0) return kept;
  return (more[0]?.seq ?? 0) > last ? [...kept, ...more] : [...more, ...kept];
}

/** Where the runs overlap, as they do after a reconnect. */
function mergeAnew(
  kept: readonly ChatMessage[],
  more: readonly ChatMessage[],
): readonly ChatMessage[] {
  const known = new Set(kept.map(({ seq }) => seq));
  const added = more.filter(({ seq }) => !known.has(seq));
  if (added.length === 0) return kept;
  return [...kept, ...added].sort((one, other) => one.seq - other.seq);
}

/**
 * What somebody wrote in a conversation and that is not stored yet: kept while the tab is open, so
 * that neither going elsewhere nor signing in again loses it.
 *
 * In memory alone, and by user: nobody else who signs in here is shown it.
 *
 * @module
 */

import type { Outgoing } from "./room_state.ts";

/** What is kept of a conversation. */
export interface KeptRoom {
  /** In the field, unsent. */
  draft: string;
  outgoing: readonly Outgoing[];
}

const rooms = new Map<string, KeptRoom>();

/** What is kept; the same object each time, to be changed in place. */
export function keptRoom(userId: string, conversation: string): KeptRoom {
  const key = `${userId} ${conversation}`;
  const known = rooms.get(key);
  if (known !== undefined) return known;
  const fresh: KeptRoom = { draft: "", outgoing: [] };
  rooms.set(key, fresh);
  return fresh;
}

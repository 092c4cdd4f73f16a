/**
 * Writing down when sessions were last seen.
 *
 * @module
 */

import type { SessionId } from "@postern/auth";
import type { EpochMs } from "@postern/std";
import { jsonRows } from "./_json_rows.ts";
import { change } from "./_rows.ts";
import type { WriterTx } from "./writer_tx.ts";

/** Most sessions that are written in one transaction, so that the lane is not held for long. */
const TOUCHED_MAX = 1_000;

const TOUCH = `
  UPDATE sessions AS s SET seen_at = r.value ->> 1 FROM json_each(?) r
  WHERE s.id = r.value ->> 0 AND s.seen_at < r.value ->> 1 AND s.ended_at IS NULL
`;

/** A session and when it was seen. */
export type Sight = readonly [SessionId, EpochMs];

/** Splits what was seen into parts, each for a transaction of its own. */
export function partsOf(seen: ReadonlyMap<SessionId, EpochMs>): readonly (readonly Sight[])[] {
  const sights = [...seen];
  const parts: (readonly Sight[])[] = [];
  for (let at = 0; at < sights.length; at += TOUCHED_MAX) {
    parts.push(sights.slice(at, at + TOUCHED_MAX));
  }
  return parts;
}

/** Moves what sessions were last seen forward. */
export async function touchAll(
  tx: WriterTx,
  parts: readonly (readonly Sight[])[],
): Promise<readonly true[]> {
  const latest = new Map<SessionId, EpochMs>();
  for (const [id, at] of parts.flat()) {
    if (at > (latest.get(id) ?? 0)) latest.set(id, at);
  }
  await change(tx, TOUCH, [jsonRows([...latest])]);
  return parts.map(() => true);
}

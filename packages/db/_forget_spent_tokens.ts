/**
 * Spent refresh tokens, which are of no more use after some seconds: deleted.
 *
 * Not by the refresh that comes next, since a page of the file holds many that were spent together, and a
 * session that is refreshed often would be looked through each time.
 *
 * @module
 */

import { REFRESH_REPLAY_MS } from "@postern/auth";
import { before, type EpochMs, seconds } from "@postern/std";
import { cell, change, type Runner } from "./_rows.ts";
import type { Writer } from "./writer.ts";

/** How long after its successor may be handed out again a token stays: whoever asked in time may still be answered. */
const GRACE_MS = seconds(5);

/** Most rows that one transaction deletes, so that the lane is not held for long. */
const CHUNK = 500;

/** Most transactions at one time: more than can be refreshed meanwhile. What is left is forgotten at the next. */
const CHUNKS_MAX = 100;

/** Every spent token has a successor, and an index over those that have one. */
const OLD = "FROM refresh_tokens WHERE successor IS NOT NULL AND spent_at < ?";
const IS_THERE = `SELECT 1 ${OLD} LIMIT 1`;
const FORGET = `DELETE FROM refresh_tokens WHERE id IN (SELECT id ${OLD} LIMIT ${CHUNK})`;

/** Forgets those that were spent too long ago to be answered once more. Writes nothing where there are none. */
export async function forgetSpentTokens(
  deps: { readonly reader: Runner; readonly writer: Writer },
  now: EpochMs,
): Promise<void> {
  const spentBefore = before(now, REFRESH_REPLAY_MS + GRACE_MS);
  if ((await cell(deps.reader, IS_THERE, [spentBefore])) === undefined) return;
  let forgotten = CHUNK;
  for (let done = 0; done < CHUNKS_MAX && forgotten >= CHUNK; done += 1) {
    forgotten = await deps.writer.run((tx) => change(tx, FORGET, [spentBefore]));
  }
}

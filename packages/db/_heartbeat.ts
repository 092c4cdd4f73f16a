/**
 * A write for nothing but to learn whether the database takes one.
 *
 * An empty transaction would not tell: it takes the right to write, and no room on the disk.
 *
 * @module
 */

import type { EpochMs } from "@postern/std";
import { change } from "./_rows.ts";
import type { WriterTx } from "./writer_tx.ts";

const BEAT = `
  INSERT INTO heartbeat (id, at) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at
`;

/** Writes the time into the one row that there is for it. */
export async function beat(tx: WriterTx, now: EpochMs): Promise<void> {
  await change(tx, BEAT, [now]);
}

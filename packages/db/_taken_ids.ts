/**
 * Ids that work once.
 *
 * @module
 */

import type { EpochMs } from "@postern/std";
import { change } from "./_rows.ts";
import type { WriterTx } from "./writer_tx.ts";

const TAKE = "INSERT INTO taken_ids (id, until) VALUES (?, ?) ON CONFLICT DO NOTHING";

/** Takes an id; `false` where it was taken before. */
export async function takeOnce(tx: WriterTx, id: string, until: EpochMs): Promise<boolean> {
  return (await change(tx, TAKE, [id, until])) === 1;
}

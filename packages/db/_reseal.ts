/**
 * Sealing anew what was sealed by a key that is not current any more.
 *
 * @module
 */

import { letterContext, type MailId, type Sealer } from "@postern/auth";
import type { EpochMs } from "@postern/std";
import { cell, change, column } from "./_rows.ts";
import type { Writer } from "./writer.ts";
import type { WriterTx } from "./writer_tx.ts";

/** Rows that one transaction seals anew. */
const ROWS_AT_ONCE = 100;

const CURRENT = "SELECT id FROM keys WHERE ring = 'secrets' AND state = 'current'";
const OTHERWISE_SEALED = `
  SELECT json_array(id, sealed) FROM outbox
  WHERE sent_at IS NULL AND dead_at IS NULL AND sealed NOT LIKE ? LIMIT ${ROWS_AT_ONCE}
`;
const RESEAL = "UPDATE outbox SET sealed = ? WHERE id = ? AND sealed = ?";
const GIVE_UP =
  "UPDATE outbox SET dead_at = ?, error_class = 'unreadable', sealed = NULL WHERE id = ?";

/** What sealing anew needs. */
export interface ResealDeps {
  readonly writer: Writer;
  readonly sealer: Sealer;
}

/** Seals some rows anew; the number of rows it went through, 0 when there are none left to do. */
export function resealSecrets(deps: ResealDeps, now: EpochMs): Promise<number> {
  return deps.writer.run(async (tx) => {
    const current = String(await cell(tx, CURRENT, []));
    const rows = await column(tx, OTHERWISE_SEALED, [`v1.${current}.%`]);
    for (const row of rows) {
      const isCurrent = await reseal(deps, tx, { row, current, now });
      // This process has not read the new key yet; it will be asked again once it has.
      if (!isCurrent) return 0;
    }
    return rows.length;
  });
}

async function reseal(
  deps: ResealDeps,
  tx: WriterTx,
  given: { readonly row: unknown; readonly current: string; readonly now: EpochMs },
): Promise<boolean> {
  const [id, sealed] = JSON.parse(String(given.row)) as [MailId, string];
  const text = deps.sealer.open(letterContext(id), sealed);
  if (text === null) {
    await change(tx, GIVE_UP, [given.now, id]);
    return true;
  }
  const anew = deps.sealer.seal(letterContext(id), text);
  if (!anew.startsWith(`v1.${given.current}.`)) return false;
  await change(tx, RESEAL, [anew, id, sealed]);
  return true;
}

/**
 * Adds events to the end of the chain.
 *
 * @module
 */

import {
  type AuditEvent,
  CHAIN_START,
  canonicalEvent,
  chainHash,
  type NewEvent,
} from "@postern/auth";
import type { Sha256 } from "@postern/std";
import { EVENTS, eventRow } from "./_event_row.ts";
import { jsonRows } from "./_json_rows.ts";
import { cell, change, type Runner } from "./_rows.ts";

const HEAD = "SELECT json_array(seq, hash) FROM events ORDER BY seq DESC LIMIT 1";

/** Adds events, given `asStored`, in their order. The transaction holds the right to write, so the end stays where it is. */
export async function appendEvents(
  transaction: Runner,
  events: readonly NewEvent[],
  sha256: Sha256,
): Promise<void> {
  if (events.length === 0) return;
  const head = await cell(transaction, HEAD, []);
  let [seq, hash] =
    head === undefined ? [0, CHAIN_START] : (JSON.parse(String(head)) as [number, string]);
  const chained: AuditEvent[] = [];
  for (const event of events) {
    const previousHash = hash;
    seq += 1;
    hash = chainHash(sha256, previousHash, canonicalEvent(event, seq));
    chained.push({ ...event, seq, previousHash, hash });
  }
  const rows = chained.map((event) => EVENTS.values(eventRow(event)));
  await change(transaction, EVENTS.insertAll, [jsonRows(rows)]);
}

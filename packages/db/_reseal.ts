/**
 * Sealing anew what was sealed by a key that is not current any more.
 *
 * What is left is what an index holds beside the current key, so it is found without going through
 * what is done: a text that was sealed anew stands elsewhere in the index.
 *
 * @module
 */

import { eventOf, type NewEvent, type Resealed, type Sealer, SYSTEM } from "@postern/auth";
import type { EpochMs } from "@postern/std";
import { type Cell, jsonRows } from "./_json_rows.ts";
import { cell, change, column, type Runner } from "./_rows.ts";
import { SEALED_PLACES, type SealedPlace } from "./_sealed_places.ts";
import type { Writer } from "./writer.ts";
import type { WriterTx } from "./writer_tx.ts";

/** Texts that one transaction seals anew: it holds the lane for about 5 ms. */
const TEXTS_AT_ONCE = 100;

const CURRENT = "SELECT id FROM keys WHERE ring = 'secrets' AND state = 'current'";

/** Two ranges, since an index is not followed for "another than". Each takes the current key. */
const RANGES = SEALED_PLACES.flatMap(({ table, keyId }) => [
  `FROM ${table} WHERE ${keyId} > '' AND ${keyId} < ?1`,
  `FROM ${table} WHERE ${keyId} > ?1`,
]);
const COUNT_OTHERWISE = `SELECT ${RANGES.map((range) => `(SELECT count(*) ${range})`).join(" + ")}`;
const COUNT_BY_KEY = `SELECT ${SEALED_PLACES.map(
  ({ table, keyId }) => `(SELECT count(*) FROM ${table} WHERE ${keyId} = ?1)`,
).join(" + ")}`;

const NOTHING: Resealed = { done: 0, lost: 0 };

/** What sealing anew needs. */
export interface ResealDeps {
  readonly writer: Writer;
  readonly sealer: Sealer;
}

/** Counts texts that a key sealed. */
export async function countSealedBy(runner: Runner, keyId: string): Promise<number> {
  return Number(await cell(runner, COUNT_BY_KEY, [keyId]));
}

/** Counts texts that another key than the current one sealed. */
export async function countOtherwiseSealed(runner: Runner): Promise<number> {
  const current = await currentKeyId(runner);
  return current === undefined ? 0 : Number(await cell(runner, COUNT_OTHERWISE, [current]));
}

/** Seals some texts anew, and then rests as long as that took. */
export async function resealSecrets(deps: ResealDeps, now: EpochMs): Promise<Resealed> {
  const started = performance.now();
  const resealed = await deps.writer.run((tx) => resealSome(deps.sealer, tx, now));
  if (resealed !== NOTHING) await Bun.sleep(performance.now() - started);
  return resealed;
}

async function resealSome(sealer: Sealer, tx: WriterTx, now: EpochMs): Promise<Resealed> {
  const current = await currentKeyId(tx);
  // A process that has not read the current key yet cannot tell what opens, either.
  if (current === undefined || keyIdIn(sealer.seal("probe", "")) !== current) return NOTHING;
  for (const place of SEALED_PLACES) {
    const rows = await column(tx, selectOtherwise(place), [current]);
    if (rows.length > 0) return await resealRows(tx, rows, { place, sealer, now });
  }
  return NOTHING;
}

interface Resealing {
  readonly place: SealedPlace;
  readonly sealer: Sealer;
  readonly now: EpochMs;
}

async function resealRows(
  tx: WriterTx,
  rows: readonly unknown[],
  { place, sealer, now }: Resealing,
): Promise<Resealed> {
  const anew: Cell[][] = [];
  const lost: string[] = [];
  for (const row of rows) {
    const [id, sealed] = JSON.parse(String(row)) as [string, string];
    const context = place.contextOf(id);
    const text = sealer.open(context, sealed);
    if (text === null) lost.push(id);
    else anew.push([id, sealer.seal(context, text)]);
  }
  if (anew.length > 0) await change(tx, updateAll(place), [jsonRows(anew)]);
  if (lost.length > 0) {
    for (const [sql, args] of place.drop(JSON.stringify(lost), now)) await change(tx, sql, args);
    tx.append(dropped(place, lost, now));
  }
  if (place.change !== undefined) tx.announce(place.change);
  return { done: anew.length, lost: lost.length };
}

/** What cannot be opened is lost to somebody, so it does not go without a trace. */
function dropped({ table, sealed }: SealedPlace, rows: readonly string[], at: EpochMs): NewEvent {
  const details = { table, column: sealed, rows };
  return eventOf(SYSTEM, { at, action: "admin.secrets.drop", success: false, details });
}

function selectOtherwise({ table, id, sealed, keyId }: SealedPlace): string {
  const select = `SELECT json_array(${id}, ${sealed}) FROM ${table}`;
  return `
    ${select} WHERE ${keyId} > '' AND ${keyId} < ?1
    UNION ALL ${select} WHERE ${keyId} > ?1
    LIMIT ${TEXTS_AT_ONCE}
  `;
}

/** Takes rows of: id, sealed text. */
function updateAll({ table, id, sealed }: SealedPlace): string {
  return `
    UPDATE ${table} AS t SET ${sealed} = r.value ->> 1
    FROM json_each(?) r WHERE t.${id} = r.value ->> 0
  `;
}

async function currentKeyId(runner: Runner): Promise<string | undefined> {
  const found = await cell(runner, CURRENT, []);
  return found === undefined ? undefined : String(found);
}

/** A sealed text names its key between its first two dots. */
function keyIdIn(sealed: string): string | undefined {
  return sealed.split(".")[1];
}

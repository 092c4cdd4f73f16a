/**
 * Puts the limits in place that a database lacks: all of them on the first start, new ones later.
 *
 * @module
 */

import { DEFAULT_LIMITS } from "@postern/auth";
import { INSERT_LIMIT, limitValues, listLimits } from "./_limits.ts";
import { change } from "./_rows.ts";
import type { Database } from "./database.ts";
import type { Writer } from "./writer.ts";

/** Adds default limits that are not there. Those that are stay as they were set. */
export async function seedLimits(deps: {
  readonly database: Database;
  readonly writer: Writer;
}): Promise<void> {
  const there = new Set((await listLimits(deps.database.reader)).map((limit) => limit.id));
  const missing = DEFAULT_LIMITS.filter((limit) => !there.has(limit.id));
  if (missing.length === 0) return;
  await deps.writer.run(async (tx) => {
    for (const limit of missing) await change(tx, INSERT_LIMIT, limitValues(limit));
    tx.announce({ kind: "limits_changed" });
  });
}

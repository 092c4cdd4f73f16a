/**
 * Limits: listed, and first put in place.
 *
 * @module
 */

import type { AuthReads, AuthTx, Limit, LimitId, LimitScope } from "@postern/auth";
import { change, column, type Runner, rowKind } from "./_rows.ts";
import type { limits } from "./schema/limits.ts";
import type { WriterTx } from "./writer_tx.ts";

type LimitRow = typeof limits.$inferSelect;

const LIMITS = rowKind<LimitRow>("limits", {
  id: true,
  name: true,
  count: true,
  window_ms: true,
  scope: true,
  enabled: true,
});

const LIST = `SELECT ${LIMITS.json} FROM limits ORDER BY id`;
const UPDATE = "UPDATE limits SET count = ?, window_ms = ?, enabled = ? WHERE id = ?";

/** Puts a limit in place; takes its `limitValues`. */
export const INSERT_LIMIT = `${LIMITS.insert} ON CONFLICT DO NOTHING`;

/** Listing limits. */
export function limitReads(runner: Runner): Pick<AuthReads, "listLimits"> {
  return { listLimits: () => listLimits(runner) };
}

/** Editing limits. */
export function limitWrites(tx: WriterTx): Pick<AuthTx, "updateLimit"> {
  return {
    updateLimit: async ({ id, count, windowMs, enabled }) => {
      const changed = await change(tx, UPDATE, [count, windowMs, enabled ? 1 : 0, id]);
      tx.announce({ kind: "limits_changed" });
      return changed > 0;
    },
  };
}

/** All limits, by id. */
export async function listLimits(runner: Runner): Promise<readonly Limit[]> {
  return (await column(runner, LIST, [])).map((row) => limitOf(LIMITS.read(row)));
}

/** The cells of a limit. */
export function limitValues(limit: Limit) {
  return LIMITS.values({
    id: limit.id,
    name: limit.name,
    count: limit.count,
    window_ms: limit.windowMs,
    scope: limit.scope,
    enabled: limit.enabled ? 1 : 0,
  });
}

function limitOf(row: LimitRow): Limit {
  return {
    id: row.id as LimitId,
    name: row.name,
    count: row.count,
    windowMs: row.window_ms,
    scope: row.scope as LimitScope,
    enabled: row.enabled === 1,
  };
}

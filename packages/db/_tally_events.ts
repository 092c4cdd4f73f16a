/**
 * Counts of events by a part of them, over the newest so many: never a walk to the end of a large table.
 *
 * @module
 */

import type { AuthReads, TallyRequest } from "@postern/auth";
import { column, type Runner } from "./_rows.ts";

/** What is counted by. A minute, in milliseconds since the epoch, is found in the index alone. */
const KEYS: Readonly<Record<TallyRequest["by"], string>> = {
  minute: "at - at % 60000",
  reason: "coalesce(json_extract(details, '$.reason'), '')",
  limit: "coalesce(json_extract(details, '$.limit'), '')",
};

/** Counts events by a part of them. */
export function eventTallies(runner: Runner): Pick<AuthReads, "tallyEvents"> {
  return {
    tallyEvents: async ({ action, since, by, most }) => {
      const sql = `
        SELECT json_array(part, count(*)) FROM (
          SELECT ${KEYS[by]} AS part FROM events
          WHERE action = ? AND at >= ? ORDER BY at DESC LIMIT ?
        ) GROUP BY part
      `;
      const rows = await column(runner, sql, [action, since, most]);
      const groups = rows.map((row) => {
        const [key, count] = JSON.parse(String(row)) as [string | number, number];
        return { key: String(key), count };
      });
      const total = groups.reduce((sum, { count }) => sum + count, 0);
      return { total, more: total >= most, groups };
    },
  };
}

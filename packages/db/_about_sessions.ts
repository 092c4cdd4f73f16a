/**
 * How many sessions are live, about: where there are many, a sample of them is looked at.
 *
 * Rows are numbered in the order in which they were added, and the oldest are purged first: so the
 * numbers between the first and the last are dense, and the share of them that are live rows is that
 * of a sample.
 *
 * @module
 */

import type { AuthReads } from "@postern/auth";
import { cell, type Runner } from "./_rows.ts";
import { IS_LIVE } from "./_session_row.ts";

/** Up to so many rows all are counted. */
const COUNTED_MAX = 5_000;

/** Rows of a sample. The count is then right within some two parts in a hundred of the rows. */
const SAMPLED = 2_000;

const SPAN =
  "SELECT json_array((SELECT min(rowid) FROM sessions), (SELECT max(rowid) FROM sessions))";
const COUNT = `SELECT count(*) FROM sessions s WHERE s.rowid >= ? AND ${IS_LIVE}`;
const COUNT_SAMPLE = `
  SELECT count(*) FROM json_each(?) r CROSS JOIN sessions s ON s.rowid = r.value WHERE ${IS_LIVE}
`;

/** Counts sessions, about. */
export function sessionCounts(runner: Runner): Pick<AuthReads, "aboutLiveSessions"> {
  return {
    aboutLiveSessions: async (now) => {
      const [first, last] = JSON.parse(String(await cell(runner, SPAN, []))) as [
        number | null,
        number | null,
      ];
      if (first === null || last === null) return { count: 0, isAbout: false };
      const span = last - first + 1;
      if (span <= COUNTED_MAX) {
        const count = Number(await cell(runner, COUNT, [first, now, now]));
        return { count, isAbout: false };
      }
      const sample = sampleOf(first, span);
      const live = Number(await cell(runner, COUNT_SAMPLE, [JSON.stringify(sample), now, now]));
      return { count: Math.round((live / SAMPLED) * span), isAbout: true };
    },
  };
}

/** One of each even part, at a place that steps of no length meet again and again: rows may follow a pattern. */
function sampleOf(first: number, span: number): readonly number[] {
  return Array.from({ length: SAMPLED }, (_, index) => {
    const place = (index * GOLDEN) % 1;
    return first + Math.floor(((index + place) * span) / SAMPLED);
  });
}

/** The golden ratio: its multiples are spread most evenly. */
const GOLDEN = (1 + Math.sqrt(5)) / 2;

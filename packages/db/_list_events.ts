/**
 * Lists of events, newest first, and the walk along their chain.
 *
 * @module
 */

import type { AuditEvent, AuthReads, EventFilter, Page, PageRequest } from "@postern/auth";
import { CHAINED_EVENT, EVENTS, readChainedEvent, readEvent } from "./_event_row.ts";
import type { Cell } from "./_json_rows.ts";
import { NO_PAGE, pageOf, readCursor, rowsFor } from "./_page.ts";
import { cell, column, type Runner } from "./_rows.ts";

const CHAIN = `SELECT ${CHAINED_EVENT} FROM events WHERE seq >= ? ORDER BY seq LIMIT ?`;

const NEWEST = "SELECT max(seq) FROM events";

/** Stands before the first page: after every time and position. */
const FIRST = [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER] as const;

/** Listing events. */
export function eventReads(
  runner: Runner,
): Pick<AuthReads, "listEvents" | "newestEvent" | "readChain"> {
  return {
    listEvents: (filter, page) => list(runner, filter, page),
    newestEvent: async () => Number((await cell(runner, NEWEST, [])) ?? 0),
    readChain: async (fromSeq, limit) =>
      (await column(runner, CHAIN, [fromSeq, limit])).map(readChainedEvent),
  };
}

async function list(
  runner: Runner,
  filter: EventFilter,
  page: PageRequest,
): Promise<Page<AuditEvent>> {
  const cursor = readCursor(page, FIRST);
  if (cursor === undefined) return NO_PAGE;
  const { terms, args } = conditions(filter);
  const sql = `
    SELECT ${EVENTS.json} FROM events
    WHERE ${[...terms, "(at, seq) < (?, ?)"].join(" AND ")}
    ORDER BY at DESC, seq DESC LIMIT ?
  `;
  const rows = await column(runner, sql, [...args, ...cursor, rowsFor(page)]);
  return pageOf(rows.map(readEvent), page, (event) => [event.at, event.seq]);
}

/**
 * The conditions, the narrowest first. It alone chooses the index: a `+` keeps a column from doing so.
 */
function conditions(filter: EventFilter): {
  readonly terms: readonly string[];
  readonly args: readonly Cell[];
} {
  const terms: string[] = [];
  const args: Cell[] = [];
  const equals = [
    ["user_id", filter.userId],
    ["ip", filter.ip],
    ["action", filter.action],
  ] as const;
  for (const [name, value] of equals) {
    if (value === undefined) continue;
    terms.push(`${terms.length === 0 ? "" : "+"}${name} = ?`);
    args.push(value);
  }
  if (filter.success !== undefined) {
    const failed = filter.success ? "success = 1" : "success = 0";
    terms.push(terms.length === 0 ? failed : `+${failed}`);
  }
  if (filter.since !== undefined) {
    terms.push("at >= ?");
    args.push(filter.since);
  }
  if (filter.until !== undefined) {
    terms.push("at < ?");
    args.push(filter.until);
  }
  return { terms, args };
}

/**
 * Reports of what a page was kept from doing: counted by kind.
 *
 * Anybody may send them. So kinds are bounded, and a new one takes the place of the one that was seen
 * least, and of those the one that was not seen for longest: whoever fills the table keeps nobody else
 * out. Events, which stay for ever, are bounded by the day.
 *
 * @module
 */

import type { Bookkeeping, CspReport, NewEvent } from "@postern/auth";
import { before, days } from "@postern/std";
import { cell, change } from "./_rows.ts";
import type { WriterTx } from "./writer_tx.ts";

/** Most kinds that are kept. CONTRACT, "csp-report". */
const KINDS_MAX = 1_000;

/** From this many events of a day on, a new kind is counted without one. */
const EVENTS_A_DAY_MAX = 1_000;

const COUNT = `
  UPDATE csp_reports SET count = count + 1, last_at = max(last_at, ?)
  WHERE directive = ? AND blocked_origin = ? AND page_path = ?
`;
const ADD = `
  INSERT INTO csp_reports (directive, blocked_origin, page_path, count, first_at, last_at)
  VALUES (?, ?, ?, 1, ?, ?)
`;
const MAKE_ROOM = `
  DELETE FROM csp_reports WHERE rowid IN (
    SELECT rowid FROM csp_reports ORDER BY count, last_at
    LIMIT max(0, (SELECT count(*) FROM csp_reports) - ${KINDS_MAX - 1})
  )
`;
const EVENTS_SINCE = `
  SELECT count(*) FROM (
    SELECT 1 FROM events WHERE action = ? AND at > ? LIMIT ${EVENTS_A_DAY_MAX}
  )
`;

/** Counts a report. One of a kind that is not there is an event, while there are few. */
export async function countReport(
  tx: WriterTx,
  report: CspReport,
  first: NewEvent,
): ReturnType<Bookkeeping["countCspReport"]> {
  const kind = [report.directive, report.blockedOrigin, report.pagePath];
  if ((await change(tx, COUNT, [first.at, ...kind])) > 0) return "counted";
  await change(tx, MAKE_ROOM, []);
  await change(tx, ADD, [...kind, first.at, first.at]);
  const recent = await cell(tx, EVENTS_SINCE, [first.action, before(first.at, days(1))]);
  if (Number(recent) >= EVENTS_A_DAY_MAX) return "unrecorded";
  tx.append(first);
  return "new";
}

/**
 * Reports of what a page was kept from doing: counted by kind.
 *
 * @module
 */

import type { Bookkeeping, CspReport, NewEvent } from "@postern/auth";
import { change } from "./_rows.ts";
import type { WriterTx } from "./writer_tx.ts";

/** Most kinds that are kept. CONTRACT, "csp-report". */
const KINDS_MAX = 1_000;

const COUNT = `
  UPDATE csp_reports SET count = count + 1, last_at = max(last_at, ?)
  WHERE directive = ? AND blocked_origin = ? AND page_path = ?
`;
const ADD = `
  INSERT INTO csp_reports (directive, blocked_origin, page_path, count, first_at, last_at)
  SELECT ?, ?, ?, 1, ?, ? WHERE (SELECT count(*) FROM csp_reports) < ${KINDS_MAX}
`;

/** Counts a report. One of a kind that was never seen is an event. */
export async function countReport(
  tx: WriterTx,
  report: CspReport,
  first: NewEvent,
): ReturnType<Bookkeeping["countCspReport"]> {
  const kind = [report.directive, report.blockedOrigin, report.pagePath];
  if ((await change(tx, COUNT, [first.at, ...kind])) > 0) return "counted";
  if ((await change(tx, ADD, [...kind, first.at, first.at])) === 0) return "dropped";
  tx.append(first);
  return "new";
}

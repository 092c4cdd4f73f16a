/**
 * Counts the records of a text as it comes, in pieces.
 *
 * @module
 */

import type { ExportRequest } from "../../ipc/bridge.ts";

/** Counts the records in the next piece. */
export type CountRecords = (piece: string) => number;

/** Begins to count. The heading of CSV is no record. */
export function createRecordCounter(format: ExportRequest["format"]): CountRecords {
  return format === "ndjson" ? countLines : createCsvCounter();
}

function countLines(piece: string): number {
  return piece.split("\n").length - 1;
}

/** A line's end within quotes is none: quotes within quotes are doubled, so they even out. */
function createCsvCounter(): CountRecords {
  let isQuoted = false;
  let isHeading = true;
  return (piece) => {
    let count = 0;
    for (const sign of piece) {
      if (sign === '"') isQuoted = !isQuoted;
      if (sign !== "\n" || isQuoted) continue;
      if (!isHeading) count += 1;
      isHeading = false;
    }
    return count;
  };
}

/**
 * Warns connections whose tokens run out within the minute, and ends those whose have.
 *
 * @module
 */

import { before, type EpochMs } from "@postern/std";
import { CLOSE_CODES, EXPIRING_AHEAD_MS } from "@postern/wire";
import type { Connection } from "./connection.ts";

/** Looks through connections; each is warned once. */
export function expireConnections(connections: Iterable<Connection>, now: EpochMs): void {
  for (const connection of [...connections]) {
    if (now >= connection.expiresAt) connection.end(CLOSE_CODES.unauthenticated);
    else if (!connection.isWarned && now >= before(connection.expiresAt, EXPIRING_AHEAD_MS)) {
      connection.isWarned = true;
      connection.send({ type: "expiring", at: new Date(connection.expiresAt).toISOString() });
    }
  }
}

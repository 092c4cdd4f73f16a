/**
 * What the stores need of a database: reads past the lane, and transactions for the lane.
 *
 * @module
 */

import type { Transaction } from "@libsql/client";
import type { Runner } from "./_rows.ts";

/** An open database, a file or a server. */
export interface Database {
  /** Reads what was committed; waits for no writer. That of a file cannot write. */
  readonly reader: Runner;
  /**
   * Begins a transaction that holds the right to write.
   *
   * One at a time: its caller is the writer's lane. Waits a while for another process that has the
   * right, then throws.
   */
  begin(): Promise<Transaction>;
  /** Closes it. What was committed is safe already. */
  close(): Promise<void>;
}

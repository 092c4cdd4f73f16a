/**
 * What the stores need of a database: reads past the lane, and transactions for the lane.
 *
 * @module
 */

import type { Runner } from "./_rows.ts";

/** A transaction that holds the right to write. */
export interface Transaction extends Runner {
  /** Runs statements that give nothing back. */
  executeMultiple(sql: string): Promise<void>;
  /** Commits. What it wrote can be read then, and is safe once the database has settled. */
  commit(): Promise<void>;
  /** Ends it; what was not committed is undone. */
  close(): void;
}

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
  /**
   * Resolves once everything that was committed before survives a loss of power.
   *
   * Rejects where the disk failed, and then always.
   */
  settle(): Promise<void>;
  /** Closes it. What was committed is safe then. */
  close(): Promise<void>;
}

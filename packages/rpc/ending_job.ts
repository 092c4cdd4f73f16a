/**
 * A job that ends sessions, as it is kept in a process.
 *
 * @module
 */

import type { EndedSession } from "@postern/auth";

/** A job, as far as it is. */
export interface EndingJob {
  readonly id: string;
  matched: number;
  /** What became of each session, in the order in which it was tried. */
  readonly results: EndedSession[];
  state: "running" | "done" | "cancelled" | "failed";
}

/** The jobs of this process, by their ids. */
export type EndingJobs = Map<string, EndingJob>;

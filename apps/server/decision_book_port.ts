/**
 * The port to what limits decided lately, as whoever decides writes it.
 *
 * @module
 */

import type { DecisionBook, LimitId } from "@postern/auth";

/** What a limiter writes into the book. */
export interface NotedDecision {
  readonly limit: LimitId;
  readonly subject: string;
  /** Until it may call again; 0 where it was let through. */
  readonly retryAfterMs: number;
}

/** A book that is written. */
export interface WrittenBook extends DecisionBook {
  note(decision: NotedDecision): void;
  /** Somebody is not held back any more. */
  release(limit: LimitId, subject: string): void;
}

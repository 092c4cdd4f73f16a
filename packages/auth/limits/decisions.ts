/**
 * The port to what was decided by limits lately, in this process.
 *
 * @module
 */

import type { EpochMs } from "@postern/std";
import type { LimitId } from "./limit.ts";

/** One call that a limit counted, let through or not. */
export interface Decision {
  readonly at: EpochMs;
  /** Whom it was counted by. */
  readonly subject: string;
  readonly isAllowed: boolean;
}

/** Somebody whom a limit holds back now. */
export interface Held {
  readonly subject: string;
  /** How often it was refused since it was first held back. */
  readonly refused: number;
  readonly since: EpochMs;
  /** When it may call again. */
  readonly until: EpochMs;
}

/** Somebody whom a limit counts. */
export interface Counted {
  readonly subject: string;
  readonly count: number;
}

/** What a limit did within its window. */
export interface Pressure {
  readonly allowed: number;
  readonly refused: number;
  /** Whom it counted most, the busiest first; a bounded number. */
  readonly busiest: readonly Counted[];
  /** Whom it holds back now, the most refused first; a bounded number. */
  readonly held: readonly Held[];
}

/** What was decided, the newest of each limit: a bounded number, of the last day at most. */
export interface DecisionBook {
  /** Oldest first. */
  decisions(limit: LimitId): readonly Decision[];
  pressure(limit: LimitId, windowMs: number): Pressure;
}

/** Knows what limits decided, and can forget a count. */
export interface HasDecisions {
  readonly decisions: DecisionBook;
  /** Forgets what a limit counted of somebody. */
  readonly resetCount: (limit: LimitId, subject: string) => Promise<void>;
}

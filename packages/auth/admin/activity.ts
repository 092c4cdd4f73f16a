/**
 * The port to what the server knows of itself.
 *
 * @module
 */

import type { EpochMs } from "@postern/std";

/** A check of the server's health. */
interface HealthCheck {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** The outcome of every check. */
export interface Health {
  readonly ok: boolean;
  readonly checks: readonly HealthCheck[];
}

/** How things stood at a moment. */
export interface Sample {
  readonly at: EpochMs;
  /** Live sessions, about. */
  readonly sessions: number;
  /** Open WebSockets of this process. */
  readonly sockets: number;
}

/** What the server knows of itself. */
export interface HasActivity {
  readonly activity: {
    health(): Promise<Health>;
    /** Open WebSockets of this process, now. */
    sockets(): number;
    /** One a minute, oldest first, of the last day at most. */
    samples(): readonly Sample[];
  };
}

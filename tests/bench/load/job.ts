/**
 * What a load generator is asked to do, and what it tells of it.
 *
 * @module
 */

/** How requests are sent. */
export type Pace =
  /** Each connection sends its next request when it has its answer. */
  | { readonly kind: "closed"; readonly connections: number }
  /** So many a second are sent on a schedule, whatever comes back, over as many connections as that takes. */
  | { readonly kind: "open"; readonly perSecond: number; readonly connectionsMax: number };

/** How a connection comes to its next request. */
export type NextRequest =
  /** The next of the list, round and round. */
  | "next_of_list"
  /** The same with the refresh token that the answer holds. */
  | "refreshed";

/** A load. */
export interface LoadJob {
  readonly hostname: string;
  readonly port: number;
  /** Whole requests, as they go over the wire. */
  readonly requests: readonly string[];
  readonly pace: Pace;
  readonly next: NextRequest;
  /** Time before anything is counted. */
  readonly warmUpMs: number;
  readonly durationMs: number;
}

/** What came of a load, in the time that counts. */
export interface LoadOutcome {
  readonly elapsedMs: number;
  /** How many answers came, by their status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Answers with status 200 a second. */
  readonly perSecond: number;
  /** From sending a request to its whole answer of status 200; 0 where there was none. */
  readonly latencyMs: { readonly p50: number; readonly p99: number; readonly max: number };
  /** Requests of the schedule that found no connection free, and were not sent. */
  readonly unsent: number;
  /** Share of the time that the generator itself computed: near 1, it was measured and not the server. */
  readonly generatorBusy: number;
  /** The requests that come next, where each follows from an answer. */
  readonly followUps: readonly string[];
}

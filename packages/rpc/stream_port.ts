/**
 * The port that lets a stream wait, and ends it.
 *
 * @module
 */

import type { UserActor } from "@postern/auth";
import type { Result } from "@postern/std";

/** A stream that is open. */
export interface Stream {
  /** `gone`: nobody listens any more. `stopping`: the server takes no more work. */
  readonly state: "open" | "gone" | "stopping";
  /** Waits until something may have happened, at most so long. */
  wait(maxMs: number): Promise<void>;
  close(): void;
}

/** Opens streams, and wakes them. */
export interface Streams {
  /** Opens one for a console, until its signal; refuses where it has as many as it may. */
  open(
    actor: UserActor,
    signal: AbortSignal | undefined,
  ): Result<Stream, { readonly code: "rate_limited" | "busy" }>;
}

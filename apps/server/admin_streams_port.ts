/**
 * The port to the streams that consoles have open in this process.
 *
 * @module
 */

import type { SessionId, UserId } from "@postern/auth";
import type { Streams } from "@postern/rpc";

/** The streams, and what wakes them. */
export interface AdminStreams extends Streams {
  /** Something was committed. */
  committed(): void;
  /** Somebody may be shut out: streams look at once, those of one session, of one user, or all. */
  recheck(whose?: { readonly sessionId: SessionId } | { readonly userId: UserId }): void;
  /** Ends all, and opens none any more. */
  stop(): void;
  readonly size: number;
}

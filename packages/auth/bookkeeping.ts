/**
 * What the store keeps without an event: it changes nothing that a user or an administrator decides.
 *
 * @module
 */

import type { EpochMs } from "@postern/std";
import type { Change } from "./change.ts";
import type { NewEvent } from "./events/event.ts";
import type { ProviderBookkeeping } from "./providers/provider_store.ts";
import type { SessionId } from "./sessions/session.ts";
import type { RefreshToken, RefreshTokenId } from "./tokens/refresh_token.ts";

/** A rotation of a refresh token: spends one, and remembers its successor. */
export interface Rotation {
  readonly spend: RefreshTokenId;
  readonly at: EpochMs;
  /** The successor, sealed, for those who ask again within the next seconds. */
  readonly sealedSuccessor: string;
  readonly next: RefreshToken;
}

/** What one step of sealing anew did. */
export interface Resealed {
  /** Texts that are sealed by the current key now. */
  readonly done: number;
  /** Texts that did not open, and are dropped: changed, moved, or of a key that is gone. */
  readonly lost: number;
}

/** Changes that were read. */
export interface ReadChanges {
  readonly changes: readonly Change[];
  /** Where to go on. */
  readonly position: number;
  /** Whether changes between are deleted already, so that what they told of is not known. */
  readonly isGap: boolean;
}

/** Writing and reading without an event, each by a narrow method. */
export interface Bookkeeping extends ProviderBookkeeping {
  /**
   * `false` where the token was spent meanwhile or its session has ended. One conditional update decides.
   * Where the key of the next token was dropped meanwhile, its session ends in the same moment.
   */
  rotateRefreshToken(rotation: Rotation): Promise<boolean>;
  /** Takes an id that works once; `false` where it was taken before. It is forgotten after `until`. */
  takeOnce(id: string, until: EpochMs): Promise<boolean>;
  /** Moves `seenAt` forward, never back. */
  touchSessions(seen: ReadonlyMap<SessionId, EpochMs>): Promise<void>;
  /**
   * Counts a report. Where its kind is not there it is added, in the place of the one that was seen
   * least where there are too many, and `first` is written in the same transaction.
   *
   * @returns `"unrecorded"` where the kind was added, but too many such events were written lately.
   */
  countCspReport(report: CspReport, first: NewEvent): Promise<"new" | "counted" | "unrecorded">;
  /** Forgets refresh tokens that were spent too long ago to be answered by their successor; many at a time, not all. */
  forgetSpentTokens(now: EpochMs): Promise<void>;
  /** Writes the time, to learn whether the database can be written to: it takes room on the disk, as every write does. */
  beat(now: EpochMs): Promise<void>;
  /**
   * Changes after a position, oldest first, and the position to go on from. After the highest safe
   * integer there are none, and the position is the newest.
   */
  changesAfter(position: number): Promise<ReadChanges>;
  /**
   * Seals anew some of what is sealed by another key than the current one, and then rests as long as
   * that took, so that others can write.
   *
   * @returns Nothing done and nothing lost: there is none left, or this process has not read the
   * current key yet.
   */
  resealSecrets(now: EpochMs): Promise<Resealed>;
  /** How many texts are sealed by another key than the current one. Walks over all of those. */
  countOtherwiseSealed(): Promise<number>;
  /** Deletes what has run out and nobody may ask for again. */
  purge(now: EpochMs): Promise<void>;
}

/** A kind of violation of a content security policy. */
export interface CspReport {
  readonly directive: string;
  readonly blockedOrigin: string;
  readonly pagePath: string;
}

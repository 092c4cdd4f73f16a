/**
 * The port to the outbox: mails that were promised and not sent yet.
 *
 * A row is added by the store, in the transaction of what the mail tells. Here it is only taken
 * out. Every method is one conditional statement, so that many instances can share an outbox.
 *
 * @module
 */

import type { EpochMs, Id } from "@postern/std";

/** The id of a row in the outbox. The mail's Message-ID is made of it. */
export type MailId = Id<"mail">;

/** A row that this instance may send until its lease ends. */
export interface ClaimedMail {
  readonly id: MailId;
  /** How often the row was claimed, this time included. Tells this claim from a later one. */
  readonly attempt: number;
  readonly createdAt: EpochMs;
  /** After this the mail is of no use to anybody, and is not tried again. */
  readonly giveUpAt: EpochMs;
  /** The packed letter, sealed for the context of this row. */
  readonly sealed: string;
}

/** What waits in the outbox. */
export interface OutboxBacklog {
  /** Rows neither sent nor given up. */
  readonly waiting: number;
  /** When the oldest of them was added; null where there are none. */
  readonly oldestAt: EpochMs | null;
}

/** The outbox, as whoever sends sees it. */
export interface Outbox {
  /**
   * Claims rows that are due, the longest due first, and makes each due again after the lease.
   *
   * The claim is one UPDATE whose row count decides: of two instances one gets the row. A row
   * whose claimer dies comes back by itself.
   */
  claimDue(limit: number, now: EpochMs, leaseMs: number): Promise<readonly ClaimedMail[]>;
  /** Marks a mail as sent, whoever has claimed it meanwhile. Its content is dropped. */
  markSent(claim: ClaimedMail, at: EpochMs): Promise<void>;
  /** Sets when to try again. Does nothing where the row has been claimed again since. */
  markFailed(claim: ClaimedMail, nextAttemptAt: EpochMs, errorClass: string): Promise<void>;
  /** Gives a mail up. Its content is dropped. Does nothing where it has been claimed again since. */
  markDead(claim: ClaimedMail, at: EpochMs, errorClass: string): Promise<void>;
  /** When the next row is due, leases included; null where nothing waits. */
  nextDueAt(): Promise<EpochMs | null>;
  /** What waits. */
  backlog(): Promise<OutboxBacklog>;
}

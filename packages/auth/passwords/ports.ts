/**
 * The port to password hashing: slow on purpose, so it runs elsewhere and can be full.
 *
 * Every call costs one computation of our own parameters, whatever it is given, and a call for a
 * hash that Django stored costs what that hash asks for. So a caller that makes the same calls
 * whatever it finds tells nobody whether there was an account, but for hashes from Django:
 * `refusalFloorMs` says how long a refusal must take to hide those too.
 *
 * @module
 */

import type { Result } from "@postern/std";

/** There is more to hash than can be hashed soon. Nothing was computed. */
export interface HasherBusy {
  readonly code: "busy";
  /** When the line is expected to have room, milliseconds from now. At least one second. */
  readonly retryAfterMs: number;
}

/** What came of comparing a password with a stored hash. */
export interface Verification {
  readonly matches: boolean;
  /** Whether the hash is not of today's format and parameters, so that a match should replace it. */
  readonly outdated: boolean;
}

/** Hashes and verifies. Passwords are taken as they were sent; what NFC does to them is done here. */
export interface PasswordHasher {
  /** Tells whether a call now would be turned away, so that nothing else is done for it either; null: it would not. */
  busyNow(): HasherBusy | null;
  /**
   * Hashes the NFC form of a password that passed `checkPassword`.
   *
   * @param salt 16 bytes; fresh random ones where left out. Hashes that wait for one thing, such as
   * the signups of one address, should share theirs, so that `matching` costs one computation.
   * Throws `TypeError` on ill-formed Unicode, `RangeError` on another length of salt.
   * @returns a PHC string of today's parameters.
   */
  hash(password: string, salt?: Uint8Array): Promise<Result<string, HasherBusy>>;
  /**
   * Compares a password with a stored hash: one of ours, or one of Django's.
   *
   * Django's are tried with the password as sent, and when that fails with its NFC form, if that
   * is another. A stored string that is malformed, of no known format, or that asks for absurd
   * work does not match, nor does ill-formed Unicode; both cost what a hash of ours costs.
   *
   * @param stored null where there is no account, or none with a password: the same cost, and no match.
   */
  verify(stored: string | null, password: string): Promise<Result<Verification, HasherBusy>>;
  /**
   * Finds those of several stored hashes that a password matches. Only hashes of ours can.
   *
   * @param stored Costs one computation for all that share salt and parameters, and one where the
   * list is empty.
   */
  matching(
    stored: readonly string[],
    password: string,
  ): Promise<Result<readonly string[], HasherBusy>>;
  /**
   * How long a refused sign-in must take at least, so that its time does not tell a hash of
   * Django's from ours or from none. Zero until such a hash is verified for the first time; then
   * somewhat more than the dearest of them took.
   *
   * A function of what the caller sent and of all accounts together, never of one account: ask
   * after the verification, with the same password, and pad whatever the outcome was but success.
   */
  refusalFloorMs(password: string): number;
}

/**
 * What goes to a worker and comes back.
 *
 * @module
 */

/** Work for one worker. */
export type Task =
  | { readonly kind: "hash"; readonly password: string; readonly salt: Uint8Array | undefined }
  | { readonly kind: "verify"; readonly password: string; readonly stored: string | null }
  | { readonly kind: "match"; readonly password: string; readonly stored: readonly string[] };

/** What came of a task, by its kind: the hash; whether it matches; those that match. */
export type Outcome =
  | { readonly kind: "hash"; readonly hash: string }
  | { readonly kind: "verify"; readonly matches: boolean; readonly outdated: boolean }
  | { readonly kind: "match"; readonly matching: readonly string[] };

/** An outcome and what it cost. */
export interface Reply {
  readonly outcome: Outcome;
  /** How many hashes were computed: more than one where the NFC form was tried, too. */
  readonly computations: number;
  /** Time that all of them took. */
  readonly ms: number;
}

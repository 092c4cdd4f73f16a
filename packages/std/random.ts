/**
 * The port to a cryptographically secure random source.
 *
 * @module
 */

/** Random bytes, fit for keys and tokens. */
export interface Random {
  /** Fresh array of `length` random bytes. */
  bytes(length: number): Uint8Array;
}

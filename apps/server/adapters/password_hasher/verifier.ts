/**
 * What a stored hash becomes once it is read.
 *
 * @module
 */

/** Computes the hash of a password, exactly as it is, and compares. Slow, and keeps its thread. */
export type Verifier = (password: string) => boolean;

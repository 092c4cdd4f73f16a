/**
 * Ports to what keys need: sealing, and a comparison that tells nothing by its time.
 *
 * @see NIST SP 800-38D (GCM)
 * @module
 */

import type { Result } from "@postern/std";

/** A key that seals: AES-256, so 32 bytes. */
export interface SealingKey {
  /** Stands in the sealed text, in the clear. Letters, digits, `_` and `-`, at most 64. */
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** Finds the sealing key that a sealed text names; `undefined` where it is gone. */
export type FindSealingKey = (id: string) => SealingKey | undefined;

/**
 * Why a sealed text did not open.
 *
 * `not_authentic` is a changed text, a text of another place, or another key under the same id.
 */
export type OpenError =
  | { readonly code: "malformed" }
  | { readonly code: "unknown_key"; readonly keyId: string }
  | { readonly code: "not_authentic" };

/**
 * Seals texts and opens them again.
 *
 * Every text is bound to the id of its key and to a context, such as `outbox:<row id>`: it opens
 * in that place only, so rows cannot be swapped. One key seals at most 2^32 texts.
 */
export interface Vault {
  /** Seals well-formed Unicode. */
  seal(key: SealingKey, context: string, plaintext: string): string;
  /** Opens what `seal` made for the same context. */
  open(findKey: FindSealingKey, context: string, sealed: string): Result<string, OpenError>;
}

/** Tells whether two texts are equal; its time depends on their lengths only. */
export type EqualTexts = (left: string, right: string) => boolean;

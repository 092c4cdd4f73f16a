/**
 * AES-256-GCM with a 96-bit nonce and a 128-bit tag, as the standard has it.
 *
 * @see NIST SP 800-38D
 * @module
 */

import { createCipheriv, createDecipheriv } from "node:crypto";

/** Length of a nonce, bytes. SP 800-38D, section 8.2: 96 bits is the form to use. */
export const NONCE_BYTES = 12;

/** Length of a tag, bytes. */
export const TAG_BYTES = 16;

/** What one encryption is bound to. A nonce is used once with a key. */
export interface GcmInput {
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
  readonly additional: Uint8Array;
}

/** Encrypts; the tag stands at the end. */
export function encryptGcm(input: GcmInput, plaintext: Uint8Array): Buffer {
  const cipher = createCipheriv("aes-256-gcm", input.key, input.nonce, {
    authTagLength: TAG_BYTES,
  });
  cipher.setAAD(input.additional);
  return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** Decrypts what `encryptGcm` gave; `undefined` where one bit of anything differs. */
export function decryptGcm(input: GcmInput, ciphertext: Uint8Array): Buffer | undefined {
  if (ciphertext.length < TAG_BYTES) return undefined;
  const end = ciphertext.length - TAG_BYTES;
  const decipher = createDecipheriv("aes-256-gcm", input.key, input.nonce, {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(input.additional);
  decipher.setAuthTag(ciphertext.subarray(end));
  const plaintext = decipher.update(ciphertext.subarray(0, end));
  try {
    return Buffer.concat([plaintext, decipher.final()]);
  } catch {
    return undefined;
  }
}

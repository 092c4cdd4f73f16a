/**
 * Time, randomness and hashing: the ports of std and of keys, over the platform's cryptography.
 *
 * @see FIPS 180-4 (SHA-256), RFC 2104 (HMAC), RFC 5869 (HKDF)
 * @module
 */

import { hash, hkdfSync, timingSafeEqual } from "node:crypto";
import { type Clock, epochMs, type Random } from "@postern/std";

/** Length of a derived key, bytes: AES-256 and HMAC-SHA-256 both take 32. */
const DERIVED_KEY_BYTES = 32;

/** Stands before every purpose, so that no other program that is given the same root key derives our keys. */
const PURPOSE_PREFIX = "postern/v1/";

/** The system's clock. */
export const systemClock: Clock = { now: () => epochMs(Date.now()) };

/** The system's secure random source. */
export const random: Random = { bytes: (length) => crypto.getRandomValues(new Uint8Array(length)) };

/** SHA-256 of a text, in base64url. */
export function sha256(text: string): string {
  return hash("sha256", text, "base64url");
}

/** HMAC-SHA-256 of a text, in base64url. Bun's hasher takes half the time of node:crypto's. */
export function hmac(key: Uint8Array, text: string): string {
  return new Bun.CryptoHasher("sha256", key).update(text).digest("base64url");
}

/** Tells whether two texts are equal. Compares all bytes, wherever the first difference is. */
export function equalTexts(left: string, right: string): boolean {
  const leftBytes = Buffer.from(left);
  const rightBytes = Buffer.from(right);
  return leftBytes.length === rightBytes.length && timingSafeEqual(leftBytes, rightBytes);
}

/**
 * Derives a purpose's key from the root key by HKDF-SHA-256.
 *
 * The root key is uniformly random already, so no salt is needed. RFC 5869, section 3.1.
 */
export function deriveKey(root: Uint8Array, purpose: string): Uint8Array {
  const info = Buffer.from(PURPOSE_PREFIX + purpose);
  return hkdf({ secret: root, salt: new Uint8Array(), info }, DERIVED_KEY_BYTES);
}

/** What HKDF takes. */
export interface HkdfInput {
  readonly secret: Uint8Array;
  readonly salt: Uint8Array;
  readonly info: Uint8Array;
}

/** HKDF-SHA-256, in the letters of its standard. */
export function hkdf(input: HkdfInput, length: number): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", input.secret, input.salt, input.info, length));
}

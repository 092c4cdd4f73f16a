/**
 * Strings that name something, each of its own kind, and the ids that the store hands out.
 *
 * @see RFC 9562, section 5.7 (UUID version 7)
 * @module
 */

import type { EpochMs } from "./clock.ts";
import type { Random } from "./random.ts";

declare const kind: unique symbol;

/** A string that names one thing of a kind. Only parsers and stores make one. */
export type Id<Kind extends string> = string & { readonly [kind]: Kind };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Tells whether a string is a UUID in its canonical, lower-case form. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/**
 * Makes a UUID of version 7: 48 bits of time, 74 of randomness.
 *
 * @param at Goes into the first 48 bits, so that ids sort by when they were made.
 */
export function uuidV7(random: Random, at: EpochMs): string {
  const bytes = random.bytes(16);
  let rest: number = at;
  for (let index = 5; index >= 0; index -= 1) {
    bytes[index] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

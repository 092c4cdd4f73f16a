/**
 * Django's `pbkdf2_sha256$<iterations>$<salt>$<digest in base64>`. The salt is text.
 *
 * @see RFC 8018, section 5.2
 * @module
 */

import { pbkdf2Sync, timingSafeEqual } from "node:crypto";
import { decodeBase64 } from "./base64.ts";
import { readDecimal } from "./decimal.ts";
import { STORED_PBKDF2_MAX_ITERATIONS } from "./limits.ts";
import type { Verifier } from "./verifier.ts";

const DIGEST_BYTES = 32;

/** Reads such a hash; `undefined` where it is malformed or asks for too much. */
export function readPbkdf2(stored: string): Verifier | undefined {
  const [, iterationsText, salt, digestText, ...more] = stored.split("$");
  if (!salt || digestText === undefined || more.length > 0) return undefined;
  const iterations = readDecimal(iterationsText, STORED_PBKDF2_MAX_ITERATIONS);
  const digest = decodeBase64(digestText);
  if (iterations === undefined || digest?.length !== DIGEST_BYTES) return undefined;
  return (password) =>
    timingSafeEqual(pbkdf2Sync(password, salt, iterations, DIGEST_BYTES, "sha256"), digest);
}

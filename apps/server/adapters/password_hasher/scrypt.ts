/**
 * Django's `scrypt$<N>$<salt>$<r>$<p>$<digest in base64>`. The salt is text.
 *
 * @see RFC 7914
 * @module
 */

import { scryptSync, timingSafeEqual } from "node:crypto";
import { decodeBase64 } from "./base64.ts";
import { readDecimal } from "./decimal.ts";
import { STORED_SCRYPT_MAX_BYTES, STORED_SCRYPT_MAX_WORK } from "./limits.ts";
import type { Verifier } from "./verifier.ts";

const DIGEST_BYTES = 64;

/** What OpenSSL needs beside the 128 bytes times N times r that the algorithm is about. */
const SPARE_BYTES = 16_777_216;

/** Reads such a hash; `undefined` where it is malformed or asks for too much. */
export function readScrypt(stored: string): Verifier | undefined {
  const [, costText, salt, blockSizeText, lanesText, digestText, ...more] = stored.split("$");
  if (!salt || digestText === undefined || more.length > 0) return undefined;
  const cost = readDecimal(costText, STORED_SCRYPT_MAX_WORK);
  const blockSize = readDecimal(blockSizeText, STORED_SCRYPT_MAX_WORK);
  const parallelization = readDecimal(lanesText, STORED_SCRYPT_MAX_WORK);
  const digest = decodeBase64(digestText);
  if (cost === undefined || blockSize === undefined || parallelization === undefined) {
    return undefined;
  }
  if (cost * blockSize * parallelization > STORED_SCRYPT_MAX_WORK) return undefined;
  if (128 * cost * blockSize > STORED_SCRYPT_MAX_BYTES) return undefined;
  if (cost < 2 || !Number.isInteger(Math.log2(cost))) return undefined;
  if (digest?.length !== DIGEST_BYTES) return undefined;
  const maxmem = STORED_SCRYPT_MAX_BYTES + SPARE_BYTES;
  const options = { cost, blockSize, parallelization, maxmem };
  return (password) => timingSafeEqual(scryptSync(password, salt, DIGEST_BYTES, options), digest);
}

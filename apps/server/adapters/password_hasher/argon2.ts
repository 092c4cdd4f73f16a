/**
 * Argon2: our own hashes, and the verification of any that is not absurd.
 *
 * @see RFC 9106, and the PHC string format
 * @module
 */

import { hashRawSync, hashSync, type Options } from "@node-rs/argon2";
import { decodeBareBase64 } from "./base64.ts";
import { readDecimal } from "./decimal.ts";
import {
  ARGON2_DIGEST_BYTES,
  ARGON2_LANES,
  ARGON2_MEMORY_KIB,
  ARGON2_PASSES,
  ARGON2_SALT_BYTES,
  STORED_ARGON2_MAX_KIB,
  STORED_ARGON2_MAX_KIB_PASSES,
  STORED_ARGON2_MAX_LANES,
} from "./limits.ts";

/** A stored hash, read. */
export interface StoredArgon2 {
  /** What the password must come to. */
  readonly digest: Uint8Array;
  /** Computes what a password comes to, with the stored parameters and salt. Throws where the library refuses those. */
  readonly compute: (password: string) => Uint8Array;
}

const OURS = {
  algorithm: 2,
  version: 1,
  memoryCost: ARGON2_MEMORY_KIB,
  timeCost: ARGON2_PASSES,
  parallelism: ARGON2_LANES,
  outputLen: ARGON2_DIGEST_BYTES,
} as const satisfies Options;

const OURS_BEGINS = `$argon2id$v=19$m=${ARGON2_MEMORY_KIB},t=${ARGON2_PASSES},p=${ARGON2_LANES}$`;

const NO_SALT = new Uint8Array(ARGON2_SALT_BYTES);

const PHC = /^\$argon2(id|i|d)(?:\$v=(16|19))?\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/;

const ALGORITHMS = { d: 0, i: 1, id: 2 } as const;

/** Hashes with today's parameters, as a PHC string. */
export function hashOurs(password: string, salt: Uint8Array): string {
  return hashSync(password, { ...OURS, salt });
}

/** Takes as long as a verification with today's parameters, for nothing. */
export function spendOurs(password: string): void {
  hashRawSync(password, { ...OURS, salt: NO_SALT });
}

/** Tells whether a PHC string has today's parameters. */
export function isToday(phc: string): boolean {
  return phc.startsWith(OURS_BEGINS);
}

/** Reads a PHC string; `undefined` where it is malformed or asks for too much. */
export function readArgon2(phc: string): StoredArgon2 | undefined {
  const parts = PHC.exec(phc);
  if (parts === null) return undefined;
  const memoryCost = readDecimal(parts[3], STORED_ARGON2_MAX_KIB);
  const timeCost = readDecimal(parts[4], STORED_ARGON2_MAX_KIB_PASSES);
  const parallelism = readDecimal(parts[5], STORED_ARGON2_MAX_LANES);
  const salt = decodeBareBase64(parts[6] ?? "");
  const digest = decodeBareBase64(parts[7] ?? "");
  if (memoryCost === undefined || timeCost === undefined || parallelism === undefined) {
    return undefined;
  }
  if (memoryCost * timeCost > STORED_ARGON2_MAX_KIB_PASSES) return undefined;
  if (salt === undefined || digest === undefined) return undefined;
  const options: Options = {
    algorithm: ALGORITHMS[parts[1] as keyof typeof ALGORITHMS],
    version: parts[2] === "19" ? 1 : 0,
    memoryCost,
    timeCost,
    parallelism,
    salt,
    outputLen: digest.length,
  };
  return { digest, compute: (password) => hashRawSync(password, options) };
}

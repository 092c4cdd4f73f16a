/**
 * Reads a stored hash of any of the formats, chosen by how it begins.
 *
 * @module
 */

import { timingSafeEqual } from "node:crypto";
import { readArgon2 } from "./argon2.ts";
import { readBcrypt, readBcryptSha256 } from "./bcrypt.ts";
import { STORED_MAX_CHARS } from "./limits.ts";
import { readPbkdf2 } from "./pbkdf2.ts";
import { readScrypt } from "./scrypt.ts";
import { formatOf } from "./stored_format.ts";
import type { Verifier } from "./verifier.ts";

/** Reads a hash; `undefined` where it is of no known format, malformed, or asks for too much. */
export function readStored(stored: string): Verifier | undefined {
  if (stored.length > STORED_MAX_CHARS) return undefined;
  switch (formatOf(stored)) {
    case "ours":
      return verifierOf(stored);
    case "argon2":
      return verifierOf(stored.slice("argon2".length));
    case "pbkdf2_sha256":
      return readPbkdf2(stored);
    case "bcrypt":
      return readBcrypt(stored);
    case "bcrypt_sha256":
      return readBcryptSha256(stored);
    case "scrypt":
      return readScrypt(stored);
    case undefined:
      return undefined;
  }
}

function verifierOf(phc: string): Verifier | undefined {
  const argon2 = readArgon2(phc);
  if (argon2 === undefined) return undefined;
  return (password) => timingSafeEqual(argon2.compute(password), argon2.digest);
}

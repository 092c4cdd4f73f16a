/**
 * Django's `bcrypt$<bcrypt>` and `bcrypt_sha256$<bcrypt>`; the latter hashes the SHA-256 of the
 * password, in hexadecimal.
 *
 * bcrypt reads 72 bytes. Django let it drop what is longer, so that is done here, before the
 * runtime's own bcrypt sees it, which would hash a longer password first.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { readDecimal } from "./decimal.ts";
import { STORED_BCRYPT_MAX_COST } from "./limits.ts";
import type { Verifier } from "./verifier.ts";

const BCRYPT = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/;

const READ_BYTES = 72;

/** What bcrypt reads of an empty password: it puts a zero after each and repeats it all. */
const EMPTY = Buffer.of(0);

/** Reads `bcrypt$…`; `undefined` where it is malformed or asks for too much. */
export function readBcrypt(stored: string): Verifier | undefined {
  const encoded = readEncoded(stored);
  if (encoded === undefined) return undefined;
  return (password) => {
    const bytes = Buffer.from(password).subarray(0, READ_BYTES);
    const matches = Bun.password.verifySync(bytes.length > 0 ? bytes : EMPTY, encoded);
    // With that zero, "a" and "a\0a" are one. Django stores none that has a zero.
    return matches && !bytes.includes(0);
  };
}

/** Reads `bcrypt_sha256$…`; `undefined` where it is malformed or asks for too much. */
export function readBcryptSha256(stored: string): Verifier | undefined {
  const encoded = readEncoded(stored);
  if (encoded === undefined) return undefined;
  return (password) => {
    const digest = createHash("sha256").update(password).digest("hex");
    return Bun.password.verifySync(digest, encoded);
  };
}

function readEncoded(stored: string): string | undefined {
  const encoded = stored.slice(stored.indexOf("$") + 1);
  const cost = BCRYPT.exec(encoded)?.[1]?.replace(/^0/, "");
  return readDecimal(cost, STORED_BCRYPT_MAX_COST) === undefined ? undefined : encoded;
}

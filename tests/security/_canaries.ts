/**
 * Secrets that are recognised wherever they turn up.
 *
 * @module
 */

import { createHash } from "node:crypto";

/** Secrets that were planted, or handed out, by what they are. */
export interface Canaries {
  /** Makes a secret that passes for a password, and is nowhere else. */
  plant(what: string): string;
  /** Notes a secret that the server made. */
  note(what: string, secret: string): string;
  /** What of them stands in a text or in bytes: as it is, escaped, encoded, or hashed without salt. */
  foundIn(haystack: string | Uint8Array): readonly string[];
  readonly size: number;
}

/** How every planted one begins: as it is, in base64, and in hexadecimal. */
const PREFIX = "canary-";
const PREFIXES = [PREFIX, "Y2FuYXJ5", Buffer.from(PREFIX).toString("hex")];

/** Makes an empty cage. */
export function createCanaries(): Canaries {
  /** Those that do not show what they are, by each way to write them. */
  const spellings = new Map<string, string>();
  let planted = 0;

  function note(what: string, secret: string): string {
    if (secret.length < 16) throw new RangeError(`Cannot recognise ${what}: it is too short`);
    const bytes = Buffer.from(secret);
    for (const coding of ["utf8", "base64url", "hex"] as const) {
      spellings.set(bytes.toString(coding), what);
    }
    return secret;
  }

  return {
    plant(what) {
      planted += 1;
      const secret = `${PREFIX}${what}-${crypto.randomUUID()}`;
      if (what.startsWith("password")) noteDigests(what, secret);
      return secret;
    },
    note,
    foundIn(haystack) {
      const bytes = typeof haystack === "string" ? Buffer.from(haystack) : Buffer.from(haystack);
      const seen = PREFIXES.flatMap((prefix) => around(bytes, prefix));
      const known = [...spellings].filter(([spelling]) => bytes.includes(spelling));
      return [...new Set([...seen, ...known.map(([, what]) => what)])];
    },
    get size() {
      return planted + spellings.size;
    },
  };

  /** Whoever keeps a fast hash of a password keeps the password. */
  function noteDigests(what: string, secret: string): void {
    const digest = createHash("sha256").update(secret).digest();
    for (const coding of ["base64url", "hex"] as const) {
      spellings.set(digest.toString(coding), `digest of ${what}`);
    }
  }
}

/** The first place where a planted one begins, with what follows. */
function around(bytes: Buffer, prefix: string): readonly string[] {
  const at = bytes.indexOf(prefix);
  return at < 0 ? [] : [bytes.toString("latin1", Math.max(0, at - 40), at + 80)];
}

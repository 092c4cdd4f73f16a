/**
 * Ids and hashes of seeded rows: spread like real ones, and the same in every run.
 *
 * @module
 */

import { hash } from "node:crypto";

/** An id in the form of a UUID. */
export function seededId(index: number): string {
  const hex = hash("md5", `id ${index}`, "hex");
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `7${hex.slice(13, 16)}`];
  return [...parts, `8${hex.slice(17, 20)}`, hex.slice(20)].join("-");
}

/** An id in the form of a UUID of version 7, whose order is that of the times, milliseconds. */
export function seededIdAt(index: number, at: number): string {
  const time = at.toString(16).padStart(12, "0");
  return [time.slice(0, 8), time.slice(8), seededId(index).slice(14)].join("-");
}

/** A hash in the form of those of session secrets. */
export function seededSecretHash(index: number): string {
  return hash("sha256", `secret ${index}`, "base64url");
}

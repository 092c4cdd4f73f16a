/**
 * Which kind of hash a stored string is, by how it begins. Nothing of it is checked.
 *
 * Apart from the verifiers, so that the event loop's thread need not load what computes hashes.
 *
 * @module
 */

/** Ours, and the five names under which Django stores hashes. */
export type StoredFormat =
  | "ours"
  | "argon2"
  | "bcrypt"
  | "bcrypt_sha256"
  | "pbkdf2_sha256"
  | "scrypt";

/** Tells the format; `undefined` where it is none that is verified here. */
export function formatOf(stored: string): StoredFormat | undefined {
  const name = stored.slice(0, stored.indexOf("$"));
  switch (name) {
    case "":
      return stored.startsWith("$argon2") ? "ours" : undefined;
    case "argon2":
    case "bcrypt":
    case "bcrypt_sha256":
    case "pbkdf2_sha256":
    case "scrypt":
      return name;
    default:
      return undefined;
  }
}

/**
 * The one thing that is done to a password before it is hashed.
 *
 * @see RFC 8265, section 4.2 (OpaqueString), of which only the normalization is taken
 * @module
 */

/**
 * Brings a password into Unicode's Normalization Form C, so that the same characters typed on two
 * keyboards are the same password. Nothing else is changed: no trimming, no case, no width.
 */
export function normalizePassword(password: string): string {
  return password.normalize("NFC");
}

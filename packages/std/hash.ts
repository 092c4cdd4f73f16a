/**
 * Ports to the two hash functions that rules need. No implementation: that is an adapter's.
 *
 * @see RFC 6234 (SHA-256), RFC 2104 (HMAC)
 * @module
 */

/** SHA-256 of the UTF-8 form of a text, in base64url without padding. */
export type Sha256 = (text: string) => string;

/** HMAC-SHA-256 of the UTF-8 form of a text, in base64url without padding. */
export type Hmac = (key: Uint8Array, text: string) => string;

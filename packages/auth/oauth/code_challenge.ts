/**
 * Proof that whoever brings a code is whoever asked for it. Only S256: `plain` proves nothing to
 * somebody who saw the request.
 *
 * @see RFC 7636 (PKCE), sections 4.1, 4.2 and 4.6
 * @module
 */

import type { Sha256 } from "@postern/std";

/** 43 to 128 unreserved characters. RFC 7636, section 4.1. */
const VERIFIER = /^[A-Za-z0-9\-._~]{43,128}$/;

/** SHA-256 in base64url: 43 characters, the last of which holds four bits. */
const CHALLENGE = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;

/** Tells whether a text can be the S256 challenge of some verifier. */
export function isChallenge(text: string): boolean {
  return CHALLENGE.test(text);
}

/** Tells whether a verifier is the one that a challenge was made of. */
export function isVerifierOf(sha256: Sha256, challenge: string, verifier: string): boolean {
  return VERIFIER.test(verifier) && sha256(verifier) === challenge;
}

/**
 * The codes with which a provider's callback returns to the sign-in page, in words.
 *
 * @module
 */

const WORDS: Readonly<Record<string, string>> = {
  access_denied: "You did not let the provider sign you in here. Nothing was changed.",
  provider_error: "The provider did not answer as it should. Try again, or sign in another way.",
  state_mismatch:
    "That sign-in was begun in another window or took too long. Begin it again from here.",
  email_unverified:
    "The provider has not confirmed your email address. Confirm it there, then try again.",
  identity_taken: "That account of the provider belongs to somebody else here.",
  provider_disabled: "Signing in by that provider is switched off. Choose another way.",
  signup_closed: "There is no account for you yet, and new ones are not accepted here.",
  blocked: "This account is blocked. The people who run this site can tell you more.",
};

/**
 * Puts a code into words. The code comes out of the address bar, so one that is not known is never
 * repeated.
 */
export function arrivalWords(code: string): string {
  const known = Object.hasOwn(WORDS, code) ? WORDS[code] : undefined;
  return known ?? "Signing in did not work. Try again.";
}

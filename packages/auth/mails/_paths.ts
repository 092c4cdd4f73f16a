/**
 * The pages that mails link to.
 *
 * @module
 */

/** Signs in. */
export const SIGN_IN_PATH = "/login";

/** Asks for a link that sets a new password. */
export const FORGOT_PASSWORD_PATH = "/forgot-password";

/** Shows the account and its devices. */
export const ACCOUNT_PATH = "/account";

/** Confirms an address. */
export const VERIFY_EMAIL_PATH = "/verify-email";

/** Sets a new password. */
export const RESET_PASSWORD_PATH = "/reset-password";

/** Makes an account by an invitation. */
export const INVITATION_PATH = "/invitation";

/** Takes an account back to its old address. */
export const UNDO_EMAIL_PATH = "/undo-email";

/** A page with a token in its fragment, which reaches no server and no log. */
export function withToken(path: string, token: string): string {
  return `${path}#token=${encodeURIComponent(token)}`;
}

/**
 * The mails that are sent, each with what it says.
 *
 * `verify_email`, `signup_existing`, `invitation` and `email_change_confirm` go to addresses that strangers can
 * name. They carry no text that anybody wrote, a username included: it could read as a link.
 *
 * @module
 */

import type { EpochMs } from "@postern/std";

/** Asks the owner of an address to confirm a signup. */
export interface VerifyEmailMail {
  readonly kind: "verify_email";
  readonly token: string;
  readonly lifeMs: number;
}

/** Tells the owner of an account that somebody signed up with its address. */
export interface SignupExistingMail {
  readonly kind: "signup_existing";
}

/** Invites the owner of an address to make an account. */
export interface InvitationMail {
  readonly kind: "invitation";
  readonly token: string;
  readonly lifeMs: number;
}

/** Lets the owner of an account set a new password. */
export interface ResetPasswordMail {
  readonly kind: "reset_password";
  readonly username: string;
  readonly token: string;
  readonly lifeMs: number;
}

/** Tells that a password is new. */
export interface PasswordChangedMail extends Occasion {
  readonly kind: "password_changed";
  readonly username: string;
}

/** Asks the owner of an address to confirm that an account moves to it. */
export interface EmailChangeConfirmMail {
  readonly kind: "email_change_confirm";
  readonly token: string;
  readonly lifeMs: number;
}

/** Tells the old address that an account has moved away, and lets it take the account back. */
export interface EmailChangeNoticeMail extends Occasion {
  readonly kind: "email_change_notice";
  readonly username: string;
  readonly newEmail: string;
  readonly token: string;
  readonly lifeMs: number;
}

/** Tells that a refresh token was used twice, and that its session has ended. */
export interface RefreshReuseMail extends Occasion {
  readonly kind: "refresh_reuse";
  readonly username: string;
}

/** When and from where something was done. */
export interface Occasion {
  readonly at: EpochMs;
  /** Address in canonical form; null where there is no network. */
  readonly ip: string | null;
  /** Browser and system in words, such as `Firefox on Linux`; null where not known. */
  readonly device: string | null;
}

/** A mail, before it is put into words. */
export type Mail =
  | VerifyEmailMail
  | SignupExistingMail
  | InvitationMail
  | ResetPasswordMail
  | PasswordChangedMail
  | EmailChangeConfirmMail
  | EmailChangeNoticeMail
  | RefreshReuseMail;

/** Which mail it is. */
export type MailKind = Mail["kind"];

/** A mail in words. */
export interface RenderedMail {
  /** One line. */
  readonly subject: string;
  /** Complete by itself. */
  readonly text: string;
  /** A whole document. */
  readonly html: string;
}

const KINDS: Readonly<Record<MailKind, true>> = {
  verify_email: true,
  signup_existing: true,
  invitation: true,
  reset_password: true,
  password_changed: true,
  email_change_confirm: true,
  email_change_notice: true,
  refresh_reuse: true,
};

/** Tells whether a value names a kind of mail. */
export function isMailKind(value: unknown): value is MailKind {
  return typeof value === "string" && Object.hasOwn(KINDS, value);
}

/**
 * Puts any mail into words.
 *
 * @module
 */

import { emailChangeConfirm } from "./email_change_confirm.ts";
import { emailChangeNotice } from "./email_change_notice.ts";
import { invitation } from "./invitation.ts";
import type { Mail, RenderedMail } from "./mail.ts";
import { passwordChanged } from "./password_changed.ts";
import { refreshReuse } from "./refresh_reuse.ts";
import { resetPassword } from "./reset_password.ts";
import { signupExisting } from "./signup_existing.ts";
import { verifyEmail } from "./verify_email.ts";

/**
 * Puts a mail into words.
 *
 * @param publicUrl What browsers see. Every link in the mail starts with it.
 */
export function renderMail(mail: Mail, publicUrl: string): RenderedMail {
  switch (mail.kind) {
    case "verify_email":
      return verifyEmail(mail, publicUrl);
    case "signup_existing":
      return signupExisting(publicUrl);
    case "invitation":
      return invitation(mail, publicUrl);
    case "reset_password":
      return resetPassword(mail, publicUrl);
    case "password_changed":
      return passwordChanged(mail, publicUrl);
    case "email_change_confirm":
      return emailChangeConfirm(mail, publicUrl);
    case "email_change_notice":
      return emailChangeNotice(mail, publicUrl);
    case "refresh_reuse":
      return refreshReuse(mail, publicUrl);
  }
}

/**
 * The mail that tells that a password is new.
 *
 * @module
 */

import { layOut } from "./_layout.ts";
import { occasionFacts } from "./_occasion.ts";
import { FORGOT_PASSWORD_PATH } from "./_paths.ts";
import { hostOf, quoted } from "./_words.ts";
import type { PasswordChangedMail, RenderedMail } from "./mail.ts";

/** Puts the mail into words. */
export function passwordChanged(mail: PasswordChangedMail, publicUrl: string): RenderedMail {
  const host = hostOf(publicUrl);
  return layOut(
    {
      subject: `Your password at ${host} was changed`,
      title: "Your password was changed",
      opening: [
        `Your account ${quoted(mail.username)} at ${host} has a new password. If it was you, there is nothing to do.`,
      ],
      facts: occasionFacts(mail),
      links: [{ label: "Not you? Set a new password", path: FORGOT_PASSWORD_PATH }],
      closing: [
        "If it was not you, somebody knew your password or reads your mail. Set a new password now, and change the password of your mailbox too.",
      ],
    },
    publicUrl,
  );
}

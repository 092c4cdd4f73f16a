/**
 * The mail that tells the old address that an account has moved away, and lets it take the account back.
 *
 * @module
 */

import { layOut } from "./_layout.ts";
import { occasionFacts } from "./_occasion.ts";
import { UNDO_EMAIL_PATH, withToken } from "./_paths.ts";
import { durationWords, hostOf, quoted } from "./_words.ts";
import type { EmailChangeNoticeMail, RenderedMail } from "./mail.ts";

/** Puts the mail into words. */
export function emailChangeNotice(mail: EmailChangeNoticeMail, publicUrl: string): RenderedMail {
  const host = hostOf(publicUrl);
  return layOut(
    {
      subject: `Your account at ${host} has another email address now`,
      title: "Your email address was changed",
      opening: [
        `Your account ${quoted(mail.username)} at ${host} has moved from this email address to ${quoted(mail.newEmail)}. If you asked for that, there is nothing to do.`,
      ],
      facts: occasionFacts(mail),
      links: [
        {
          label: "Not you? Take your account back",
          path: withToken(UNDO_EMAIL_PATH, mail.token),
        },
      ],
      closing: [
        `The link works once, within ${durationWords(mail.lifeMs)}. It puts this address back and signs out every device. Set a new password after that.`,
      ],
    },
    publicUrl,
  );
}

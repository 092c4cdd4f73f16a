/**
 * The mail that asks the owner of an address to confirm that an account moves to it.
 *
 * @module
 */

import { layOut } from "./_layout.ts";
import { VERIFY_EMAIL_PATH, withToken } from "./_paths.ts";
import { durationWords, hostOf } from "./_words.ts";
import type { EmailChangeConfirmMail, RenderedMail } from "./mail.ts";

/** Puts the mail into words. */
export function emailChangeConfirm(mail: EmailChangeConfirmMail, publicUrl: string): RenderedMail {
  const host = hostOf(publicUrl);
  return layOut(
    {
      subject: `Confirm your new email address for ${host}`,
      title: "Confirm your new email address",
      opening: [
        `Somebody asked that an account at ${host} uses this email address from now on. If it was you, confirm the address:`,
      ],
      links: [{ label: "Confirm this address", path: withToken(VERIFY_EMAIL_PATH, mail.token) }],
      closing: [
        `The link works once, within ${durationWords(mail.lifeMs)}.`,
        "If it was not you, do nothing. Without a confirmation nothing changes.",
      ],
    },
    publicUrl,
  );
}

/**
 * The mail that asks the owner of an address to confirm a signup.
 *
 * @module
 */

import { layOut } from "./_layout.ts";
import { VERIFY_EMAIL_PATH, withToken } from "./_paths.ts";
import { durationWords, hostOf } from "./_words.ts";
import type { RenderedMail, VerifyEmailMail } from "./mail.ts";

/** Puts the mail into words. */
export function verifyEmail(mail: VerifyEmailMail, publicUrl: string): RenderedMail {
  const host = hostOf(publicUrl);
  return layOut(
    {
      subject: `Confirm your email address for ${host}`,
      title: "Confirm your email address",
      opening: [
        `Somebody signed up at ${host} with this email address. If it was you, confirm the address to finish:`,
      ],
      links: [{ label: "Confirm this address", path: withToken(VERIFY_EMAIL_PATH, mail.token) }],
      closing: [
        `The link works once, within ${durationWords(mail.lifeMs)}.`,
        "If it was not you, do nothing. Without a confirmation there is no account.",
      ],
    },
    publicUrl,
  );
}

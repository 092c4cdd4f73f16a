/**
 * The mail that lets the owner of an account set a new password.
 *
 * @module
 */

import { layOut } from "./_layout.ts";
import { RESET_PASSWORD_PATH, withToken } from "./_paths.ts";
import { durationWords, hostOf, quoted } from "./_words.ts";
import type { RenderedMail, ResetPasswordMail } from "./mail.ts";

/** Puts the mail into words. */
export function resetPassword(mail: ResetPasswordMail, publicUrl: string): RenderedMail {
  const host = hostOf(publicUrl);
  return layOut(
    {
      subject: `Set a new password for ${host}`,
      title: "Set a new password",
      opening: [
        `Somebody asked to set a new password for your account ${quoted(mail.username)} at ${host}. If it was you, choose one here:`,
      ],
      links: [{ label: "Set a new password", path: withToken(RESET_PASSWORD_PATH, mail.token) }],
      closing: [
        `The link works once, within ${durationWords(mail.lifeMs)}. With a new password, every device is signed out.`,
        "If it was not you, do nothing. Your password stays as it is.",
      ],
    },
    publicUrl,
  );
}

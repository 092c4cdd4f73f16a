/**
 * The mail that invites somebody to make an account.
 *
 * @module
 */

import { layOut } from "./_layout.ts";
import { INVITATION_PATH, withToken } from "./_paths.ts";
import { durationWords, hostOf } from "./_words.ts";
import type { InvitationMail, RenderedMail } from "./mail.ts";

/** Puts the mail into words. */
export function invitation(mail: InvitationMail, publicUrl: string): RenderedMail {
  const host = hostOf(publicUrl);
  return layOut(
    {
      subject: `You are invited to ${host}`,
      title: "Make your account",
      opening: [
        `Whoever runs ${host} invites you to make an account with this email address. Choose a username and a password here:`,
      ],
      links: [{ label: "Make your account", path: withToken(INVITATION_PATH, mail.token) }],
      closing: [
        `The link works once, within ${durationWords(mail.lifeMs)}.`,
        "If you expect no invitation, do nothing. There is no account without you.",
      ],
    },
    publicUrl,
  );
}

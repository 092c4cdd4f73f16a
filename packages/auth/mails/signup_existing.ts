/**
 * The mail that tells the owner of an account that somebody signed up with its address.
 *
 * @module
 */

import { layOut } from "./_layout.ts";
import { FORGOT_PASSWORD_PATH, SIGN_IN_PATH } from "./_paths.ts";
import { hostOf } from "./_words.ts";
import type { RenderedMail } from "./mail.ts";

/** Puts the mail into words. */
export function signupExisting(publicUrl: string): RenderedMail {
  const host = hostOf(publicUrl);
  return layOut(
    {
      subject: `You already have an account at ${host}`,
      title: "You already have an account",
      opening: [
        `Somebody tried to sign up at ${host} with this email address. It already has an account, so no second one was made.`,
        "If it was you, sign in to the account that you have. If you do not remember its password, you can set a new one.",
      ],
      links: [
        { label: "Sign in", path: SIGN_IN_PATH },
        { label: "Set a new password", path: FORGOT_PASSWORD_PATH },
      ],
      closing: ["If it was not you, you need not do anything. Your account is as it was."],
    },
    publicUrl,
  );
}

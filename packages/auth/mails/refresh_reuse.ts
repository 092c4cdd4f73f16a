/**
 * The mail that tells that a sign-in was used by two, and has ended.
 *
 * @module
 */

import { layOut } from "./_layout.ts";
import { occasionFacts } from "./_occasion.ts";
import { ACCOUNT_PATH, FORGOT_PASSWORD_PATH } from "./_paths.ts";
import { hostOf, quoted } from "./_words.ts";
import type { RefreshReuseMail, RenderedMail } from "./mail.ts";

/** Puts the mail into words. */
export function refreshReuse(mail: RefreshReuseMail, publicUrl: string): RenderedMail {
  const host = hostOf(publicUrl);
  return layOut(
    {
      subject: `A device was signed out of your account at ${host}`,
      title: "We signed out a device to protect you",
      opening: [
        `A device that is signed in to your account ${quoted(mail.username)} at ${host} shows who it is with a code that works once. One of these codes was used a second time, so somebody may have copied it. We signed out the device it belongs to; your other devices are still signed in.`,
        "This is where the code was used again:",
      ],
      facts: occasionFacts(mail),
      links: [
        { label: "Not you? Set a new password", path: FORGOT_PASSWORD_PATH },
        { label: "See your devices", path: ACCOUNT_PATH },
      ],
      closing: [
        "If you restored this device from a backup or copied a browser profile, it was you. Sign in again, and all is well.",
        "If not, set a new password, which signs out every device, and look for harmful programs and browser extensions on the devices that you use.",
      ],
    },
    publicUrl,
  );
}

/**
 * How mail is sent: `SMTP_URL`, `MAIL_FROM`.
 *
 * @module
 */

import { type EnvReader, shownUrl } from "./env_reader.ts";

/** How mail is sent. */
export interface MailConfig {
  /** `undefined`: mail stays in the outbox. */
  readonly smtpUrl: string | undefined;
  /** An address, or a name with the address in `<>`. */
  readonly mailFrom: string;
}

/** Longest sender: an address of 254 characters, and a name. */
const MAIL_FROM_MAX_LENGTH = 320;

/** Reads how mail is sent. */
export function readMail(reader: EnvReader): MailConfig {
  const smtpUrl = reader.get("SMTP_URL");
  if (smtpUrl !== undefined && !isSmtpUrl(smtpUrl)) {
    reader.refuse("SMTP_URL", shownUrl(smtpUrl), "an smtp:// or smtps:// URL with a host");
  }
  const mailFrom = reader.get("MAIL_FROM") ?? "postern@localhost";
  if (!isSender(mailFrom)) {
    reader.refuse(
      "MAIL_FROM",
      JSON.stringify(mailFrom.slice(0, 80)),
      "name@host or Name <name@host>",
    );
  }
  return { smtpUrl, mailFrom };
}

function isSmtpUrl(text: string): boolean {
  const url = /^smtps?:\/\//i.test(text) ? URL.parse(text) : null;
  return url !== null && url.hostname !== "";
}

/** Tells whether a text is one sender, in one line. */
function isSender(text: string): boolean {
  if (text.length > MAIL_FROM_MAX_LENGTH || /\p{Cc}/u.test(text)) return false;
  const address = /^[^<>]*<([^<>]*)>$/.exec(text)?.[1] ?? text;
  return /^[^\s@<>()[\]",:;\\]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(address);
}

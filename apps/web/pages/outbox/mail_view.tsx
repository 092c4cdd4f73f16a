/**
 * One mail, as HTML or as text.
 *
 * @module
 */

import { Button } from "@mantine/core";
import { useState } from "react";
import { MailFrame } from "./mail_frame.tsx";
import { MailText } from "./mail_text.tsx";
import type { OutboxMail } from "./outbox_mails.ts";

/** Draws the mail. */
export function MailView({ mail }: { readonly mail: OutboxMail }) {
  const [isText, setText] = useState(false);
  return (
    <article className="pt-card pt-mail" aria-label={mail.subject}>
      <div className="pt-mail-head">
        <h2>{mail.subject}</h2>
        <p className="pt-dim">To {mail.to}</p>
        <div className="pt-row">
          <Button
            variant="default"
            size="sm"
            aria-pressed={isText}
            onClick={() => setText(!isText)}
          >
            {isText ? "Show as HTML" : "Show as text"}
          </Button>
        </div>
      </div>
      {isText ? (
        <MailText text={mail.text} />
      ) : (
        <MailFrame html={mail.html} title={`Mail: ${mail.subject}`} />
      )}
    </article>
  );
}

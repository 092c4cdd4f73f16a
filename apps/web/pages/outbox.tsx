/**
 * `/dev/outbox`: the mails of a server in development.
 *
 * @module
 */

import "./outbox/outbox.css";
import { Loader } from "@mantine/core";
import { TimeAgo } from "@postern/ui";
import { useState } from "react";
import { useMe } from "../browser/session.ts";
import { AppLayout } from "../layout/app_layout.tsx";
import { ProblemPanel } from "../layout/problem_panel.tsx";
import { MailView } from "./outbox/mail_view.tsx";
import { type OutboxMail, useOutbox } from "./outbox/outbox_mails.ts";

/** Draws the page. */
export function OutboxPage() {
  const { data: user } = useMe();
  const { data: mails, error, refetch } = useOutbox();
  return (
    <AppLayout
      title="Outbox"
      lead="Mails that this server keeps, in development. With SMTP_URL set they go out, and are gone from here."
      isSignedIn={user !== undefined}
    >
      {mails === undefined && error !== null ? (
        <ProblemPanel error={error} onRetry={() => void refetch()} />
      ) : null}
      {mails === undefined && error === null ? <Loader role="status" aria-label="Loading" /> : null}
      {mails === undefined ? null : <Mails mails={mails} />}
    </AppLayout>
  );
}

function Mails({ mails }: { readonly mails: readonly OutboxMail[] }) {
  const [chosen, choose] = useState<OutboxMail["id"]>();
  const shown = mails.find((mail) => mail.id === chosen) ?? mails[0];
  if (shown === undefined)
    return <p>No mails are kept. Sign up, and without an SMTP_URL one appears here.</p>;
  return (
    <div className="pt-outbox">
      <ul className="pt-card pt-mails" aria-label="Mails, newest first">
        {mails.map((mail) => (
          <li key={mail.id}>
            <button
              type="button"
              aria-current={mail.id === shown.id}
              onClick={() => choose(mail.id)}
            >
              <strong>{mail.subject}</strong>
              <span>{mail.to}</span>
              <span className="pt-dim">
                {mail.status}, <TimeAgo at={mail.created_at} nowMs={Date.now()} />
              </span>
            </button>
          </li>
        ))}
      </ul>
      <MailView key={shown.id} mail={shown} />
    </div>
  );
}

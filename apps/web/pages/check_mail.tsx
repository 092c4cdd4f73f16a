/**
 * `/check-mail`: a link is on its way.
 *
 * @module
 */

import { BOOT } from "../browser/boot_data.ts";
import { PageLink } from "../browser/page_link.tsx";
import { SignInLayout } from "../layout/sign_in_layout.tsx";
import { MailSteps } from "./check_mail/mail_steps.tsx";
import { mailedTo } from "./check_mail/mailed_to.ts";

/** Draws the page. It says the same whether or not the address is taken. */
export function CheckMailPage() {
  const address = mailedTo();
  return (
    <SignInLayout
      title="Check your mail"
      lead={
        <>
          A link is on its way to {address === undefined ? "you" : <strong>{address}</strong>}. It
          finishes your account, works once, and is good for 24 hours.
        </>
      }
      foot={
        <>
          Wrong address? <PageLink href="/signup">Start again</PageLink>. Confirmed already?{" "}
          <PageLink href="/login">Sign in</PageLink>
        </>
      }
    >
      <MailSteps
        steps={[
          "Open the link in this browser: it then needs no password.",
          "Nothing after a few minutes? Look in the spam folder.",
          "Sign up again for another link; the newest one counts.",
        ]}
      />
      {BOOT.isDevelopment ? (
        <p>
          <PageLink href="/dev/outbox">Open the outbox</PageLink>
        </p>
      ) : null}
    </SignInLayout>
  );
}

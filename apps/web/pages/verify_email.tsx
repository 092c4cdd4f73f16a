/**
 * `/verify-email`: proving an address by the link that was sent to it.
 *
 * Only a press of the button spends the link: mail scanners open pages, and some run their scripts.
 *
 * @module
 */

import { useState } from "react";
import { toasts } from "../browser/api.ts";
import { BOOT } from "../browser/boot_data.ts";
import { dropToken } from "../browser/link_token.ts";
import { go } from "../browser/location_store.ts";
import { PageLink } from "../browser/page_link.tsx";
import { leaveNote } from "../browser/passing_note.ts";
import { HOME_PATH } from "../browser/safe_next.ts";
import { askWho, forgetUser } from "../browser/session.ts";
import { useLinkToken } from "../browser/use_link_token.ts";
import { DeadLink } from "../layout/dead_link.tsx";
import { SignInLayout } from "../layout/sign_in_layout.tsx";
import { VerifyForm } from "./verify_email/verify_form.tsx";

/** Draws the page. */
export function VerifyEmailPage() {
  const token = useLinkToken();
  const [isSpent, setSpent] = useState(false);
  if (token === undefined || isSpent) return <NoLink reason={isSpent ? "spent" : "missing"} />;
  return (
    <SignInLayout
      title="Confirm your address"
      lead="One press, and the address that got this link is yours here."
      foot={
        <>
          Did not ask for this? <PageLink href="/">Leave</PageLink>, and nothing happens.
        </>
      }
    >
      <VerifyForm key={token} token={token} onDone={leaveSignedIn} onSpent={() => setSpent(true)} />
    </SignInLayout>
  );
}

/** A new account is signed in; a new address of an old one may have been confirmed elsewhere. */
async function leaveSignedIn(): Promise<void> {
  dropToken();
  forgetUser();
  if ((await askWho()) === undefined) {
    leaveNote("Your address is confirmed. Sign in to go on.");
    go("/login", { isReplacing: true });
    return;
  }
  toasts.add("Your address is confirmed");
  go(HOME_PATH, { isReplacing: true });
}

function NoLink({ reason }: { readonly reason: "missing" | "spent" }) {
  return (
    <DeadLink reason={reason}>
      <p>
        Confirmed already? <PageLink href="/login">Sign in</PageLink>
      </p>
      {BOOT.signup === "closed" ? null : (
        <p>
          <PageLink href="/signup">Sign up again</PageLink> for a new link; it costs nothing.
        </p>
      )}
    </DeadLink>
  );
}

/**
 * `/account`: profile, address, password, linked accounts and devices.
 *
 * @module
 */

import "./account.css";
import type { User } from "@postern/wire";
import { useEffect } from "react";
import { AppLayout } from "../layout/app_layout.tsx";
import { SignedIn } from "../layout/signed_in.tsx";
import { WaitingPage } from "../layout/waiting_page.tsx";
import { DeviceList } from "./account/device_list.tsx";
import { EmailForm } from "./account/email_form.tsx";
import { LinkedAccounts } from "./account/linked_accounts.tsx";
import { PasswordForm } from "./account/password_form.tsx";
import { ProfileForm } from "./account/profile_form.tsx";
import { Section } from "./account/section.tsx";
import { useLinkedAccounts } from "./account/use_linked_accounts.ts";
import { useSessions } from "./account/use_sessions.ts";
import { useVisitReturn } from "./account/use_visit_return.ts";

const CHANGE_WORDS = "A new one signs out every other device, and voids links that were mailed.";

/**
 * Draws the page. Its lists are asked for beside the user and waited for, so that no section is pushed
 * down while it is read, and a fragment leads where its section stays; a list that fails is not.
 */
export function AccountPage() {
  const lists = [useLinkedAccounts(), useSessions()];
  const isListing = lists.some((list) => list.isPending && list.failureCount === 0);
  return <SignedIn>{(user) => (isListing ? <WaitingPage /> : <Account user={user} />)}</SignedIn>;
}

function Account({ user }: { readonly user: User }) {
  const failure = useVisitReturn();
  useEffect(() => {
    // The fragment was there before the section was.
    if (location.hash.length > 1) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }, []);
  return (
    <AppLayout title="Account">
      <Section id="profile" title="Profile" words="How others here see you.">
        <ProfileForm user={user} />
      </Section>
      <Section
        id="email"
        title="Email"
        words="For signing in and for links. A new address takes effect once it is confirmed; the old one is told, and can take the change back for 7 days."
      >
        <EmailForm user={user} />
      </Section>
      <Section
        id="password"
        title="Password"
        words={user.has_password ? CHANGE_WORDS : "A second way in, beside what you have linked."}
      >
        <PasswordForm user={user} />
      </Section>
      <LinkedAccounts failure={failure} />
      <Section
        id="devices"
        title="Devices"
        words="Where you are signed in. End what you do not know, and change your password."
      >
        <DeviceList />
      </Section>
    </AppLayout>
  );
}

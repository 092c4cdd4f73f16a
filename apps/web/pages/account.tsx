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
import { DeviceList } from "./account/device_list.tsx";
import { EmailForm } from "./account/email_form.tsx";
import { LinkedAccounts } from "./account/linked_accounts.tsx";
import { PasswordForm } from "./account/password_form.tsx";
import { ProfileForm } from "./account/profile_form.tsx";
import { Section } from "./account/section.tsx";
import { useVisitReturn } from "./account/use_visit_return.ts";

const CHANGE_WORDS = "A new one signs out every other device, and voids links that were mailed.";

/** Draws the page. */
export function AccountPage() {
  return <SignedIn>{(user) => <Account user={user} />}</SignedIn>;
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

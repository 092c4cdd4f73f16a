/**
 * `/login`: signing in with a password, or by a provider.
 *
 * @module
 */

import "./login/login.css";
import { useState } from "react";
import { useAddress } from "../browser/address_context.ts";
import { BOOT } from "../browser/boot_data.ts";
import { PageLink } from "../browser/page_link.tsx";
import { safeNext } from "../browser/safe_next.ts";
import { SignInLayout } from "../layout/sign_in_layout.tsx";
import { ArrivalNotice } from "./login/arrival_notice.tsx";
import { ProviderList } from "./login/provider_list.tsx";
import { SecondFactorNotice } from "./login/second_factor_notice.tsx";
import { SignInForm } from "./login/sign_in_form.tsx";
import { SignedInAlready } from "./login/signed_in_already.tsx";

/** Draws the page. `next` leads on afterwards, within this origin alone. */
export function LoginPage() {
  const { query } = useAddress();
  const next = safeNext(query.get("next"), location.origin);
  const [needsFactor, setNeedsFactor] = useState(false);
  if (needsFactor) return <SecondFactorNotice onBack={() => setNeedsFactor(false)} />;
  return (
    <SignInLayout title="Sign in" foot={BOOT.signup === "closed" ? undefined : <NewHere />}>
      <ArrivalNotice error={query.get("error")} />
      <SignedInAlready next={next} />
      <SignInForm next={next} onSecondFactor={() => setNeedsFactor(true)} />
      <ProviderList next={next} />
    </SignInLayout>
  );
}

function NewHere() {
  return (
    <>
      New here? <PageLink href="/signup">Create an account</PageLink>
    </>
  );
}

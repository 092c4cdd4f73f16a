/**
 * `/login`: signing in with a password, or with a provider.
 *
 * @module
 */

import "./login/login.css";
import { useState } from "react";
import { useAddress } from "../browser/address_context.ts";
import { BOOT } from "../browser/boot_data.ts";
import { PageLink } from "../browser/page_link.tsx";
import { safeNext, withNext } from "../browser/safe_next.ts";
import { maybeSignedIn } from "../browser/session.ts";
import { SignInLayout } from "../layout/sign_in_layout.tsx";
import { ProviderButtons } from "../providers/provider_buttons.tsx";
import { useLastProvider } from "../providers/use_providers.ts";
import { ArrivalNotice } from "./login/arrival_notice.tsx";
import { AskedAgain } from "./login/asked_again.tsx";
import { FailureElsewhere } from "./login/failure_elsewhere.tsx";
import { SecondFactorNotice } from "./login/second_factor_notice.tsx";
import { SignInForm } from "./login/sign_in_form.tsx";
import { SignedInAlready } from "./login/signed_in_already.tsx";

/** Draws the page. `next` leads on afterwards, within this origin alone. */
export function LoginPage() {
  const { query } = useAddress();
  const error = query.get("error");
  const next = safeNext(query.get("next"), location.origin);
  const [isStranger, setStranger] = useState(error === null || !maybeSignedIn());
  const [needsFactor, setNeedsFactor] = useState(false);
  const last = useLastProvider();
  if (error !== null && !isStranger) {
    return <FailureElsewhere code={error} setStranger={setStranger} />;
  }
  if (needsFactor) return <SecondFactorNotice onBack={() => setNeedsFactor(false)} />;
  return (
    <SignInLayout
      title="Sign in"
      foot={BOOT.signup === "closed" ? undefined : <NewHere next={next} />}
    >
      <ArrivalNotice error={error} />
      {query.has("again") ? <AskedAgain /> : <SignedInAlready next={next} />}
      <ProviderButtons next={next} otherwise="or with your password" isHinted={error === null} />
      <SignInForm
        next={next}
        isFirst={last === undefined}
        onSecondFactor={() => setNeedsFactor(true)}
      />
    </SignInLayout>
  );
}

function NewHere({ next }: { readonly next: string }) {
  return (
    <>
      New here? <PageLink href={withNext("/signup", next)}>Create an account</PageLink>
    </>
  );
}

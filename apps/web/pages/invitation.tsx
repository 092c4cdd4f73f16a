/**
 * `/invitation`: making an account by the link that somebody was invited with.
 *
 * @module
 */

import { useState } from "react";
import { api, toasts } from "../browser/api.ts";
import { dropToken } from "../browser/link_token.ts";
import { go } from "../browser/location_store.ts";
import { HOME_PATH } from "../browser/safe_next.ts";
import { forgetUser, noteUser } from "../browser/session.ts";
import { useLinkToken } from "../browser/use_link_token.ts";
import { Field } from "../forms/field.tsx";
import { FormProblem } from "../forms/form_problem.tsx";
import { NewPasswordField } from "../forms/new_password_field.tsx";
import { findEmpty } from "../forms/read_fields.ts";
import { SubmitButton } from "../forms/submit_button.tsx";
import { useForm } from "../forms/use_form.ts";
import { DeadLink } from "../layout/dead_link.tsx";
import { SignInLayout } from "../layout/sign_in_layout.tsx";

const EMPTY_WORDS = { username: "Choose a username", password: "Choose a password" };

const MISSING = {
  title: "Open the link in the invitation",
  lead: "This page needs that whole link. If you loaded the page again, open the link once more.",
};

/** Draws the page. */
export function InvitationPage() {
  const token = useLinkToken();
  const [isSpent, setSpent] = useState(false);
  if (token === undefined || isSpent) {
    return (
      <DeadLink reason={isSpent ? "spent" : "missing"} missing={MISSING}>
        <p>Ask whoever invited you to send another. Each works once, for seven days.</p>
      </DeadLink>
    );
  }
  return (
    <SignInLayout
      title="Make your account"
      lead="You were invited by mail, so your address is confirmed already."
    >
      <InvitationForm key={token} token={token} onSpent={() => setSpent(true)} />
    </SignInLayout>
  );
}

interface InvitationFormProps {
  readonly token: string;
  readonly onSpent: () => void;
}

function InvitationForm({ token, onSpent }: InvitationFormProps) {
  const form = useForm({
    fields: ["username", "name", "password"],
    check: (values) => findEmpty(values, EMPTY_WORDS),
    send: ({ username, name, password }) =>
      api.acceptInvitation({ token, username: username.trim(), name, password }),
    onDone({ user }) {
      dropToken();
      forgetUser();
      noteUser(user);
      toasts.add("Your account is made");
      go(HOME_PATH, { isReplacing: true });
    },
    onProblem({ code }) {
      if (code === "invalid_token") onSpent();
      return code === "invalid_token";
    },
  });
  const plain = { autoCapitalize: "none", spellCheck: false, required: true } as const;
  return (
    <form className="pt-form" {...form.formProps}>
      <FormProblem form={form} />
      <Field form={form} name="username" label="Username" autoComplete="username" {...plain} />
      <Field form={form} name="name" label="Name (optional)" autoComplete="name" />
      <NewPasswordField form={form} name="password" label="Password" />
      <SubmitButton form={form}>Make my account</SubmitButton>
    </form>
  );
}

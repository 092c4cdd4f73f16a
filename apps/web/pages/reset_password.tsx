/**
 * `/reset-password`: setting a new password by link.
 *
 * @module
 */

import { useState } from "react";
import { api } from "../browser/api.ts";
import { dropToken } from "../browser/link_token.ts";
import { go } from "../browser/location_store.ts";
import { PageLink } from "../browser/page_link.tsx";
import { leaveNote } from "../browser/passing_note.ts";
import { forgetUser } from "../browser/session.ts";
import { useLinkToken } from "../browser/use_link_token.ts";
import { FormProblem } from "../forms/form_problem.tsx";
import { NewPasswordField } from "../forms/new_password_field.tsx";
import { findEmpty } from "../forms/read_fields.ts";
import { SubmitButton } from "../forms/submit_button.tsx";
import { useForm } from "../forms/use_form.ts";
import { DeadLink } from "../layout/dead_link.tsx";
import { SignInLayout } from "../layout/sign_in_layout.tsx";

/** Draws the page. */
export function ResetPasswordPage() {
  const token = useLinkToken();
  const [isSpent, setSpent] = useState(false);
  if (token === undefined || isSpent) {
    return (
      <DeadLink reason={isSpent ? "spent" : "missing"}>
        <p>
          <PageLink href="/forgot-password">Ask for a new link</PageLink>
        </p>
      </DeadLink>
    );
  }
  return (
    <SignInLayout
      title="Set a new password"
      lead="It replaces the old one, and signs out every device."
    >
      <ResetForm key={token} token={token} onSpent={() => setSpent(true)} />
    </SignInLayout>
  );
}

interface ResetFormProps {
  readonly token: string;
  readonly onSpent: () => void;
}

function ResetForm({ token, onSpent }: ResetFormProps) {
  const form = useForm({
    fields: ["new_password"],
    check: (values) => findEmpty(values, { new_password: "Choose a password" }),
    send: ({ new_password }) => api.resetPassword({ token, new_password }),
    onDone() {
      dropToken();
      forgetUser();
      leaveNote("Your new password is set, and every device is signed out. Sign in with it.");
      go("/login", { isReplacing: true });
    },
    onProblem({ code }) {
      if (code === "invalid_token") onSpent();
      return code === "invalid_token";
    },
  });
  return (
    <form className="pt-form" {...form.formProps}>
      <FormProblem form={form} />
      <NewPasswordField form={form} name="new_password" label="New password" token={token} />
      <SubmitButton form={form}>Set the password</SubmitButton>
    </form>
  );
}

/**
 * `/forgot-password`: asking for a link that sets a new one.
 *
 * @module
 */

import { useState } from "react";
import { api } from "../browser/api.ts";
import { BOOT } from "../browser/boot_data.ts";
import { PageLink } from "../browser/page_link.tsx";
import { Field } from "../forms/field.tsx";
import { FormProblem } from "../forms/form_problem.tsx";
import { findEmpty } from "../forms/read_fields.ts";
import { SubmitButton } from "../forms/submit_button.tsx";
import { useForm } from "../forms/use_form.ts";
import { SignInLayout } from "../layout/sign_in_layout.tsx";
import { MailSteps } from "./check_mail/mail_steps.tsx";

/** Draws the form, then what follows; the same whether or not the address has an account. */
export function ForgotPasswordPage() {
  const [sentTo, setSentTo] = useState<string>();
  const back = (
    <>
      Remembered it? <PageLink href="/login">Sign in</PageLink>
    </>
  );
  if (sentTo !== undefined) return <LinkSent to={sentTo} />;
  return (
    <SignInLayout
      title="Forgotten password"
      lead="Tell us your email address, and we send you a link that sets a new password."
      foot={back}
    >
      <ForgotForm onSent={setSentTo} />
    </SignInLayout>
  );
}

function ForgotForm({ onSent }: { readonly onSent: (email: string) => void }) {
  const form = useForm({
    fields: ["email"],
    check: (values) => findEmpty(values, { email: "Enter your email address" }),
    send: ({ email }) => api.forgotPassword({ email: email.trim() }),
    onDone: (_answer, { email }) => onSent(email.trim()),
  });
  return (
    <form className="pt-form" {...form.formProps}>
      <FormProblem form={form} />
      <Field
        form={form}
        name="email"
        label="Email"
        type="email"
        inputMode="email"
        required
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
      />
      <SubmitButton form={form}>Send the link</SubmitButton>
    </form>
  );
}

function LinkSent({ to }: { readonly to: string }) {
  return (
    <SignInLayout
      title="Check your mail"
      lead={
        <span role="status">
          If <strong>{to}</strong> has an account here, a link is on its way. It works once, within
          30 minutes.
        </span>
      }
      foot={<PageLink href="/login">Back to signing in</PageLink>}
    >
      <MailSteps
        steps={[
          "Open the link on any device.",
          "Nothing after a few minutes? Look in the spam folder.",
          "No account under that address? Then no mail is sent, and nobody is told.",
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

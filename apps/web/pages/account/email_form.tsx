/**
 * Asking for another address.
 *
 * @module
 */

import { Notice } from "@postern/ui";
import type { User } from "@postern/wire";
import { useState } from "react";
import { api } from "../../browser/api.ts";
import { Field } from "../../forms/field.tsx";
import { FormProblem } from "../../forms/form_problem.tsx";
import { findEmpty } from "../../forms/read_fields.ts";
import { SubmitButton } from "../../forms/submit_button.tsx";
import { useForm } from "../../forms/use_form.ts";

/** Draws the form. The answer is the same whether or not the address is taken. */
export function EmailForm({ user }: { readonly user: User }) {
  const [sentTo, setSentTo] = useState<string>();
  const form = useForm({
    fields: ["email", "current_password"],
    check: (values) =>
      findEmpty(values, {
        email: "Enter the new address",
        ...(user.has_password ? { current_password: "Enter your current password" } : {}),
      }),
    send: (values) =>
      api.changeEmail({
        email: values.email.trim(),
        current_password: user.has_password ? values.current_password : null,
      }),
    onDone(_answer, values) {
      setSentTo(values.email.trim());
      form.formProps.ref.current?.reset();
    },
    fieldOf: { wrong_password: "current_password" },
  });
  return (
    <form className="pt-form" {...form.formProps}>
      <p>
        Your address is <strong>{user.email}</strong>
        {user.email_verified ? "." : ", which is not confirmed yet."}
      </p>
      {sentTo === undefined ? null : (
        <Notice key={sentTo} tone="good" isLive>
          If <strong>{sentTo}</strong> can be used, a link is on its way to it. Until it is opened,
          nothing changes.
        </Notice>
      )}
      <FormProblem form={form} />
      <Field
        form={form}
        name="email"
        label="New address"
        type="email"
        inputMode="email"
        required
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
      />
      {user.has_password ? (
        <Field
          form={form}
          name="current_password"
          label="Current password"
          isSecret
          required
          autoComplete="current-password"
        />
      ) : null}
      <SubmitButton form={form}>Change the address</SubmitButton>
    </form>
  );
}

/**
 * The button that spends a verification link, and the fields that it may turn out to need.
 *
 * @module
 */

import type { ClientProblem } from "@postern/client";
import { Notice } from "@postern/ui";
import { useState } from "react";
import { api } from "../../browser/api.ts";
import { Field } from "../../forms/field.tsx";
import { FocusFirst } from "../../forms/focus_first.tsx";
import { FormProblem } from "../../forms/form_problem.tsx";
import { SubmitButton } from "../../forms/submit_button.tsx";
import { type Form, useForm } from "../../forms/use_form.ts";

/** What the form is handed. */
export interface VerifyFormProps {
  readonly token: string;
  readonly onDone: () => Promise<void>;
  /** Called when the link turns out to be of no use. */
  readonly onSpent: () => void;
}

interface Needs {
  readonly password: boolean;
  readonly username: boolean;
}

/** Draws the form. What the server asks for once is asked for from then on. */
export function VerifyForm({ token, onDone, onSpent }: VerifyFormProps) {
  const [needs, setNeeds] = useState<Needs>({ password: false, username: false });

  function meet({ code }: ClientProblem): boolean {
    if (code === "invalid_token") {
      onSpent();
      return true;
    }
    const isNewNeed =
      (code === "confirm_password" && !needs.password) ||
      (code === "username_taken" && !needs.username);
    if (code === "confirm_password") setNeeds((last) => ({ ...last, password: true }));
    if (code === "username_taken") setNeeds((last) => ({ ...last, username: true }));
    return isNewNeed;
  }

  const form = useForm({
    fields: ["password", "username"],
    send: ({ password, username }) =>
      api.verifyEmail({
        token,
        password: password === "" ? null : password,
        username: username === "" ? null : username.trim(),
      }),
    onDone: () => void onDone(),
    onProblem: meet,
    fieldOf: { confirm_password: "password", username_taken: "username" },
  });
  return (
    <form className="pt-form" {...form.formProps}>
      <FormProblem form={form} />
      {needs.password ? <PasswordNeed form={form} /> : null}
      {needs.username ? <UsernameNeed form={form} /> : null}
      <SubmitButton form={form}>Confirm my address</SubmitButton>
    </form>
  );
}

type NeedForm = Form<"password" | "username">;

function PasswordNeed({ form }: { readonly form: NeedForm }) {
  return (
    <FocusFirst>
      <Notice tone="warning" isLive>
        This is not the browser that asked for the link. So that nobody confirms a stranger's
        account, enter the password that was chosen for it.
      </Notice>
      <Field
        form={form}
        name="password"
        label="Password of the account"
        isSecret
        required
        autoComplete="current-password"
      />
    </FocusFirst>
  );
}

function UsernameNeed({ form }: { readonly form: NeedForm }) {
  return (
    <FocusFirst>
      <Notice tone="warning" isLive>
        Somebody else took your username meanwhile. Choose another.
      </Notice>
      <Field
        form={form}
        name="username"
        label="Username"
        required
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
      />
    </FocusFirst>
  );
}

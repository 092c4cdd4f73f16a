/**
 * Changing the password.
 *
 * @module
 */

import type { User } from "@postern/wire";
import { useMemo, useState } from "react";
import { api, toasts } from "../../browser/api.ts";
import { Field } from "../../forms/field.tsx";
import { FormProblem } from "../../forms/form_problem.tsx";
import { NewPasswordField } from "../../forms/new_password_field.tsx";
import { findEmpty } from "../../forms/read_fields.ts";
import { SubmitButton } from "../../forms/submit_button.tsx";
import { useForm } from "../../forms/use_form.ts";
import type { Owner } from "../../forms/use_typed.ts";
import { SetPassword } from "./set_password.tsx";
import { reloadSessions } from "./use_sessions.ts";

/** Draws the form; whoever signs in with a provider alone sets a first password by mail. */
export function PasswordForm({ user }: { readonly user: User }) {
  const [round, setRound] = useState(0);
  if (!user.has_password) return <SetPassword user={user} />;
  return <ChangeForm key={round} user={user} onDone={() => setRound(round + 1)} />;
}

interface ChangeFormProps {
  readonly user: User;
  readonly onDone: () => void;
}

function ChangeForm({ user, onDone }: ChangeFormProps) {
  const owner = useMemo(() => ownerOf(user), [user]);
  const form = useForm({
    fields: ["current_password", "new_password"],
    check: (values) =>
      findEmpty(values, {
        current_password: "Enter your current password",
        new_password: "Choose a new password",
      }),
    send: (values) => api.changePassword(values),
    onDone() {
      toasts.add("Password changed; every other device is signed out");
      void reloadSessions();
      onDone();
    },
    fieldOf: { wrong_password: "current_password" },
  });
  return (
    <form className="pt-form" {...form.formProps}>
      <FormProblem form={form} />
      <input type="text" autoComplete="username" defaultValue={user.username} readOnly hidden />
      <Field
        form={form}
        name="current_password"
        label="Current password"
        isSecret
        required
        autoComplete="current-password"
      />
      <NewPasswordField form={form} name="new_password" label="New password" owner={owner} />
      <SubmitButton form={form}>Change the password</SubmitButton>
    </form>
  );
}

function ownerOf({ username, email, name }: User): Owner {
  return { username, email, name: name ?? "" };
}

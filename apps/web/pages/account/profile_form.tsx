/**
 * Name, username and picture.
 *
 * @module
 */

import {
  NAME_MAX_LENGTH,
  USERNAME_MAX_LENGTH,
  USERNAME_MIN_LENGTH,
  type User,
} from "@postern/wire";
import { useState } from "react";
import { api, toasts } from "../../browser/api.ts";
import { noteUser } from "../../browser/session.ts";
import { Field } from "../../forms/field.tsx";
import { FormProblem } from "../../forms/form_problem.tsx";
import { findEmpty } from "../../forms/read_fields.ts";
import { SubmitButton } from "../../forms/submit_button.tsx";
import { useForm } from "../../forms/use_form.ts";
import { Portrait } from "./portrait.tsx";

const USERNAME_WORDS = `${USERNAME_MIN_LENGTH} to ${USERNAME_MAX_LENGTH} letters, digits, dots, hyphens or underscores.`;

/** Draws the form. */
export function ProfileForm({ user }: { readonly user: User }) {
  const [picture, setPicture] = useState(user.picture ?? "");
  const form = useForm({
    fields: ["name", "username", "picture"],
    check: (values) => findEmpty(values, { username: "Enter a username" }),
    send: (values) =>
      api.updateProfile({
        name: textOrNull(values.name),
        username: values.username.trim(),
        picture: textOrNull(values.picture),
      }),
    onDone(changed) {
      noteUser(changed);
      toasts.add("Profile saved");
    },
    fieldOf: { username_taken: "username" },
  });
  return (
    <form className="pt-form" {...form.formProps}>
      <FormProblem form={form} />
      <div className="pt-portrait-row">
        <Portrait name={user.name ?? user.username} picture={picture.trim()} />
        <p className="pt-dim">Without a picture, the first letter of your name stands in.</p>
      </div>
      <Field
        form={form}
        name="name"
        label="Name (optional)"
        defaultValue={user.name ?? ""}
        maxLength={NAME_MAX_LENGTH}
        autoComplete="name"
      />
      <Field
        form={form}
        name="username"
        label="Username"
        description={USERNAME_WORDS}
        defaultValue={user.username}
        required
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
      />
      <Field
        form={form}
        name="picture"
        label="Address of a picture (optional)"
        description="Begins with https://"
        type="url"
        inputMode="url"
        defaultValue={user.picture ?? ""}
        autoComplete="photo"
        spellCheck={false}
        onInput={(event) => setPicture(event.currentTarget.value)}
      />
      <SubmitButton form={form}>Save the profile</SubmitButton>
    </form>
  );
}

function textOrNull(text: string): string | null {
  return text.trim() === "" ? null : text.trim();
}

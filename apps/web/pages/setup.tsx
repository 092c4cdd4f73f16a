/**
 * `/setup`: becoming an owner by the link that the server printed.
 *
 * @module
 */

import { ADMIN_PASSWORD_MIN_LENGTH } from "@postern/wire";
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

const EMPTY_WORDS = {
  email: "Enter your email address",
  username: "Choose a username",
  password: "Choose a password",
};

const MISSING = {
  title: "Open the link that the server printed",
  lead: "This page needs that whole link. If you loaded the page again, open the link once more.",
};

/** Draws the page. */
export function SetupPage() {
  const token = useLinkToken();
  const [isSpent, setSpent] = useState(false);
  if (token === undefined || isSpent) {
    return (
      <DeadLink reason={isSpent ? "spent" : "missing"} missing={MISSING}>
        <p>
          On the server, <code>bun run admin create-owner</code> prints a new link. Each works once,
          for one hour.
        </p>
      </DeadLink>
    );
  }
  return (
    <SignInLayout
      title="Set up this server"
      lead="This makes you an owner: you may do everything, and give others a role."
    >
      <SetupForm key={token} token={token} onSpent={() => setSpent(true)} />
    </SignInLayout>
  );
}

interface SetupFormProps {
  readonly token: string;
  readonly onSpent: () => void;
}

function SetupForm({ token, onSpent }: SetupFormProps) {
  const form = useForm({
    fields: ["email", "username", "name", "password"],
    check: (values) => findEmpty(values, EMPTY_WORDS),
    send: ({ email, username, name, password }) =>
      api.setUp({ token, email: email.trim(), username: username.trim(), name, password }),
    onDone({ user }) {
      dropToken();
      forgetUser();
      noteUser(user);
      toasts.add("You are an owner of this server");
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
      <Field form={form} name="email" label="Email" type="email" autoComplete="email" {...plain} />
      <Field form={form} name="username" label="Username" autoComplete="username" {...plain} />
      <Field form={form} name="name" label="Name (optional)" autoComplete="name" />
      <NewPasswordField
        form={form}
        name="password"
        label="Password"
        minLength={ADMIN_PASSWORD_MIN_LENGTH}
      />
      <SubmitButton form={form}>Become an owner</SubmitButton>
    </form>
  );
}

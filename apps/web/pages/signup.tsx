/**
 * `/signup`: asking for an account.
 *
 * @module
 */

import { USERNAME_MAX_LENGTH, USERNAME_MIN_LENGTH } from "@postern/wire";
import { useAddress } from "../browser/address_context.ts";
import { api } from "../browser/api.ts";
import { BOOT } from "../browser/boot_data.ts";
import { go } from "../browser/location_store.ts";
import { PageLink } from "../browser/page_link.tsx";
import { safeNext, withNext } from "../browser/safe_next.ts";
import { Field } from "../forms/field.tsx";
import { FormProblem } from "../forms/form_problem.tsx";
import { NewPasswordField } from "../forms/new_password_field.tsx";
import { findEmpty } from "../forms/read_fields.ts";
import { SubmitButton } from "../forms/submit_button.tsx";
import { type Form, useForm } from "../forms/use_form.ts";
import { SignInLayout } from "../layout/sign_in_layout.tsx";
import { ProviderButtons } from "../providers/provider_buttons.tsx";
import { noteMailedTo } from "./check_mail/mailed_to.ts";

const EMPTY_WORDS = {
  email: "Enter your email address",
  username: "Choose a username",
  password: "Choose a password",
};

/** Draws the page, or says that there are no new accounts. `next` is where a provider leads on to. */
export function SignupPage() {
  const next = safeNext(useAddress().query.get("next"), location.origin);
  if (BOOT.signup === "closed") return <SignupClosed next={next} />;
  return (
    <SignInLayout title="Create an account" foot={<HaveOne next={next} />}>
      <ProviderButtons next={next} otherwise="or with an email address" />
      <SignupForm />
    </SignInLayout>
  );
}

function SignupForm() {
  const form = useForm({
    fields: ["email", "username", "name", "password"],
    check: (values) => findEmpty(values, EMPTY_WORDS),
    send: ({ email, username, name, password }) =>
      api.signUp({ email: email.trim(), username: username.trim(), name, password }),
    onDone(_answer, { email }) {
      noteMailedTo(email.trim());
      go("/check-mail");
    },
    fieldOf: { username_taken: "username" },
  });
  return (
    <form className="pt-form" {...form.formProps}>
      <FormProblem form={form} />
      <WhoFields form={form} />
      <NewPasswordField form={form} name="password" label="Password" />
      <SubmitButton form={form}>Create the account</SubmitButton>
    </form>
  );
}

function WhoFields({ form }: { readonly form: Form<"email" | "username" | "name" | "password"> }) {
  return (
    <>
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
      <Field
        form={form}
        name="username"
        label="Username"
        description={`${USERNAME_MIN_LENGTH} to ${USERNAME_MAX_LENGTH} letters, digits, dots, hyphens or underscores. Others see it.`}
        required
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
      />
      <Field form={form} name="name" label="Name (optional)" autoComplete="name" />
    </>
  );
}

function HaveOne({ next }: { readonly next: string }) {
  return (
    <>
      Have an account? <PageLink href={withNext("/login", next)}>Sign in</PageLink>
    </>
  );
}

function SignupClosed({ next }: { readonly next: string }) {
  return (
    <SignInLayout
      title="No new accounts"
      lead="The people who run this site do not accept new accounts at the moment."
      foot={<HaveOne next={next} />}
    >
      {null}
    </SignInLayout>
  );
}

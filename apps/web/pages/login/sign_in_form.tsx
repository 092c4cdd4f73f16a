/**
 * The form that signs in with a password.
 *
 * @module
 */

import { api } from "../../browser/api.ts";
import { go } from "../../browser/location_store.ts";
import { PageLink } from "../../browser/page_link.tsx";
import { forgetUser, noteUser } from "../../browser/session.ts";
import { Field } from "../../forms/field.tsx";
import { FocusFirst } from "../../forms/focus_first.tsx";
import { FormProblem } from "../../forms/form_problem.tsx";
import { findEmpty } from "../../forms/read_fields.ts";
import { SubmitButton } from "../../forms/submit_button.tsx";
import { useForm } from "../../forms/use_form.ts";
import { lastWay } from "../../providers/last_way.ts";

/** What the form is handed. */
export interface SignInFormProps {
  /** Where to go when signed in: a path of this origin. */
  readonly next: string;
  /** Whether typing goes on here, and nothing before it is more likely to be wanted. */
  readonly isFirst: boolean;
  readonly onSecondFactor: () => void;
}

/** Draws the form. */
export function SignInForm({ next, isFirst, onSecondFactor }: SignInFormProps) {
  const form = useForm({
    fields: ["identifier", "password"],
    check: (values) =>
      findEmpty(values, {
        identifier: "Enter your email address or username",
        password: "Enter your password",
      }),
    send: ({ identifier, password }) => api.signIn({ identifier: identifier.trim(), password }),
    onDone(answer) {
      if ("status" in answer) {
        onSecondFactor();
        return;
      }
      lastWay.clear();
      forgetUser();
      noteUser(answer.user);
      go(next, { isReplacing: true });
    },
  });
  return (
    <form className="pt-form" {...form.formProps}>
      <FormProblem form={form} />
      <FocusFirst isGentle isIdle={!isFirst}>
        <Field
          form={form}
          name="identifier"
          label="Email or username"
          required
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
        />
      </FocusFirst>
      <div>
        <Field
          form={form}
          name="password"
          label="Password"
          isSecret
          required
          autoComplete="current-password"
        />
        <p className="pt-login-forgot">
          <PageLink href="/forgot-password">Forgot your password?</PageLink>
        </p>
      </div>
      <SubmitButton form={form}>Sign in</SubmitButton>
    </form>
  );
}

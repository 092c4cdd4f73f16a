/**
 * `/undo-email`: taking an account back to the address it had.
 *
 * @module
 */

import { useState } from "react";
import { api } from "../browser/api.ts";
import { dropToken } from "../browser/link_token.ts";
import { PageLink } from "../browser/page_link.tsx";
import { forgetUser } from "../browser/session.ts";
import { useLinkToken } from "../browser/use_link_token.ts";
import { FormProblem } from "../forms/form_problem.tsx";
import { SubmitButton } from "../forms/submit_button.tsx";
import { useForm } from "../forms/use_form.ts";
import { DeadLink } from "../layout/dead_link.tsx";
import { SignInLayout } from "../layout/sign_in_layout.tsx";

/** Draws the page. */
export function UndoEmailPage() {
  const token = useLinkToken();
  const [outcome, setOutcome] = useState<"done" | "spent">();
  if (outcome === "done") return <TakenBack />;
  if (token === undefined || outcome === "spent") {
    return (
      <DeadLink reason={outcome ?? "missing"}>
        <p>
          Still your account? <PageLink href="/login">Sign in</PageLink> and look at its address.
        </p>
      </DeadLink>
    );
  }
  return (
    <SignInLayout
      title="Take your account back"
      lead="The email address of your account was changed. If that was not you, put this address back: every device is signed out, whoever uses it."
      foot={
        <>
          It was you? <PageLink href="/">Leave</PageLink>, and the change stays.
        </>
      }
    >
      <UndoForm key={token} token={token} onEnd={setOutcome} />
    </SignInLayout>
  );
}

interface UndoFormProps {
  readonly token: string;
  readonly onEnd: (outcome: "done" | "spent") => void;
}

function UndoForm({ token, onEnd }: UndoFormProps) {
  const form = useForm({
    fields: [],
    send: () => api.undoEmailChange({ token }),
    onDone() {
      dropToken();
      forgetUser();
      onEnd("done");
    },
    onProblem({ code }) {
      if (code === "invalid_token") onEnd("spent");
      return code === "invalid_token";
    },
  });
  return (
    <form className="pt-form" {...form.formProps}>
      <FormProblem form={form} />
      <SubmitButton form={form}>Put this address back</SubmitButton>
    </form>
  );
}

function TakenBack() {
  return (
    <SignInLayout
      title="The address is back"
      lead={
        <span role="status">
          Your account has this address again, and every device is signed out.
        </span>
      }
    >
      <p>
        Whoever changed it may know your password.{" "}
        <PageLink href="/forgot-password">Set a new one now</PageLink>
      </p>
    </SignInLayout>
  );
}

/**
 * Setting a first password, for whoever signs in without one.
 *
 * @module
 */

import { Notice } from "@postern/ui";
import type { User } from "@postern/wire";
import { useState } from "react";
import { api } from "../../browser/api.ts";
import { FormProblem } from "../../forms/form_problem.tsx";
import { SubmitButton } from "../../forms/submit_button.tsx";
import { useForm } from "../../forms/use_form.ts";

/** Sends the link that sets one: whoever sits at an open session does not get a lasting way in by it. */
export function SetPassword({ user }: { readonly user: User }) {
  const [isSent, setSent] = useState(false);
  const form = useForm({
    fields: [],
    send: () => api.forgotPassword({ email: user.email }),
    onDone: () => setSent(true),
  });
  return (
    <form className="pt-form" {...form.formProps}>
      <p>
        You have no password here; you sign in with a linked account. To set one, we mail a link to{" "}
        <strong>{user.email}</strong>.
      </p>
      <FormProblem form={form} />
      {isSent ? (
        <Notice tone="good" isLive>
          The link is on its way. It works once, within 30 minutes; setting the password signs out
          every device, this one too.
        </Notice>
      ) : null}
      <SubmitButton form={form} variant={isSent ? "default" : "filled"}>
        {isSent ? "Send another link" : "Send the link"}
      </SubmitButton>
    </form>
  );
}

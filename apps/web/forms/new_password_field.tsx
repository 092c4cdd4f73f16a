/**
 * The field for a password that is being chosen.
 *
 * @module
 */

import { PASSWORD_MAX_LENGTH } from "@postern/wire";
import { useState } from "react";
import { BOOT } from "../browser/boot_data.ts";
import { Field } from "./field.tsx";
import { PasswordRules } from "./password_rules.tsx";
import type { Form } from "./use_form.ts";

/** What the field is handed. */
export interface NewPasswordFieldProps<Name extends string> {
  readonly form: Form<Name>;
  readonly name: NoInfer<Name>;
  readonly label: string;
}

/** What password managers make passwords by: an attribute that React has no type for. */
const RULES_FOR_MANAGERS = {
  passwordrules: `minlength: ${BOOT.passwordMinLength}; maxlength: ${PASSWORD_MAX_LENGTH};`,
};

/** Draws the field, with its rules as its description. */
export function NewPasswordField<Name extends string>(props: NewPasswordFieldProps<Name>) {
  const [typed, setTyped] = useState("");
  return (
    <Field
      {...props}
      {...RULES_FOR_MANAGERS}
      isSecret
      required
      autoComplete="new-password"
      onInput={(event) => setTyped(event.currentTarget.value)}
      descriptionProps={{ component: "div" }}
      description={<PasswordRules password={typed} />}
    />
  );
}

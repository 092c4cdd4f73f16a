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
  /** Fewest characters, where they are more than the operator asks of everybody. */
  readonly minLength?: number;
}

/** What password managers make passwords by: an attribute that React has no type for. */
function rulesForManagers(minLength: number) {
  return { passwordrules: `minlength: ${minLength}; maxlength: ${PASSWORD_MAX_LENGTH};` };
}

/** Draws the field, with its rules as its description. */
export function NewPasswordField<Name extends string>(props: NewPasswordFieldProps<Name>) {
  const { minLength = 0, ...field } = props;
  const least = Math.max(minLength, BOOT.passwordMinLength);
  const [typed, setTyped] = useState("");
  return (
    <Field
      {...field}
      {...rulesForManagers(least)}
      isSecret
      required
      autoComplete="new-password"
      onInput={(event) => setTyped(event.currentTarget.value)}
      descriptionProps={{ component: "div" }}
      description={<PasswordRules password={typed} minLength={least} />}
    />
  );
}

/**
 * The field for a password that is being chosen.
 *
 * @module
 */

import { PASSWORD_MAX_LENGTH } from "@postern/wire";
import { BOOT } from "../browser/boot_data.ts";
import { Field } from "./field.tsx";
import { PasswordRules } from "./password_rules.tsx";
import { rulesMet } from "./rules_met.ts";
import type { Form } from "./use_form.ts";
import { useJudgement } from "./use_judgement.ts";
import { type Owner, useTyped } from "./use_typed.ts";

/** What the field is handed. */
export interface NewPasswordFieldProps<Name extends string> {
  readonly form: Form<Name>;
  readonly name: NoInfer<Name>;
  readonly label: string;
  /** Fewest characters, where they are more than the operator asks of everybody. */
  readonly minLength?: number;
  /** Whom it is for, where the form does not ask; the same object at every drawing. */
  readonly owner?: Owner;
  /** Of the link that sets it, which tells the server whom it is for. */
  readonly token?: string;
}

/** What password managers make passwords by: an attribute that React has no type for. */
function rulesForManagers(minLength: number) {
  return { passwordrules: `minlength: ${minLength}; maxlength: ${PASSWORD_MAX_LENGTH};` };
}

/** Draws the field, with its rules as its description. */
export function NewPasswordField<Name extends string>(props: NewPasswordFieldProps<Name>) {
  const { minLength = 0, owner, token, ...field } = props;
  const least = Math.max(minLength, BOOT.passwordMinLength);
  const typed = useTyped(props.form.formProps.ref, props.name, owner);
  const rules = rulesMet(typed.password, least);
  const judgement = useJudgement(
    typed,
    rules.every((rule) => rule.isMet === true),
    token,
  );
  return (
    <Field
      {...field}
      {...rulesForManagers(least)}
      isSecret
      required
      autoComplete="new-password"
      descriptionProps={{ component: "div" }}
      description={<PasswordRules rules={rules} judgement={judgement} />}
    />
  );
}

/**
 * A field of a form, with what is wrong beside it.
 *
 * @module
 */

import { TextInput, type TextInputProps } from "@mantine/core";
import { PasswordField } from "@postern/ui";
import type { ReactNode } from "react";
import type { Form } from "./use_form.ts";

/** What a field is handed. Its name is its name in the call's body. */
export interface FieldProps<Field extends string> extends Omit<TextInputProps, "form" | "error"> {
  readonly form: Form<Field>;
  readonly name: NoInfer<Field>;
  /** Set for passwords: they can be shown, and are never remembered by the page. */
  readonly isSecret?: boolean;
}

/** Draws a field. */
export function Field<Name extends string>(props: FieldProps<Name>) {
  const { form, name, isSecret = false, onInput, ...rest } = props;
  const Control = isSecret ? PasswordField : TextInput;
  return (
    <Control
      {...rest}
      name={name}
      error={errorLines(form.errors[name])}
      onInput={(event) => {
        form.clearError(name);
        onInput?.(event);
      }}
    />
  );
}

function errorLines(lines: readonly string[] | undefined): ReactNode {
  return lines?.map((line) => (
    <span key={line} className="pt-error-line">
      {line}
    </span>
  ));
}

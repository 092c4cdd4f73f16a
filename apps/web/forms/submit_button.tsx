/**
 * The button that sends a form.
 *
 * @module
 */

import { Button, type ButtonProps, Loader } from "@mantine/core";
import type { ReactNode } from "react";
import type { Form } from "./use_form.ts";
import { waitWords } from "./use_wait.ts";

/** What the button is handed. */
export interface SubmitButtonProps extends ButtonProps {
  readonly form: Form<string>;
  readonly children: ReactNode;
}

/**
 * Busy or waiting it does nothing, but keeps focus: a button that is truly disabled would drop it,
 * and a keyboard would have to start over.
 */
export function SubmitButton({ form, children, ...rest }: SubmitButtonProps) {
  const isWaiting = form.waitSeconds > 0;
  const isIdle = !(form.isBusy || isWaiting);
  return (
    <Button
      {...rest}
      type="submit"
      aria-disabled={!isIdle}
      mod={{ waiting: isWaiting, busy: form.isBusy }}
      leftSection={form.isBusy ? <Loader size={16} color="currentColor" aria-hidden /> : undefined}
    >
      {isWaiting ? `Try again in ${waitWords(form.waitSeconds)}` : children}
    </Button>
  );
}

/**
 * What to do while a mail is on its way.
 *
 * @module
 */

import "./mail_steps.css";

/** Lists a few steps, in order. */
export function MailSteps({ steps }: { readonly steps: readonly string[] }) {
  return (
    <ol className="pt-steps">
      {steps.map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ol>
  );
}

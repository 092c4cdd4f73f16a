/**
 * What is wrong with a form as a whole, above its fields.
 *
 * @module
 */

import { Notice } from "@postern/ui";
import { problemWords } from "./problem_words.ts";
import type { Form } from "./use_form.ts";

/** Says it, and has it read out; nothing where there is nothing to say. */
export function FormProblem({ form }: { readonly form: Form<string> }) {
  if (form.problem === undefined) return null;
  return (
    <Notice key={form.problem.requestId} tone="bad" isLive>
      {problemWords(form.problem)}
    </Notice>
  );
}

/**
 * What a conversation is called, and calling it otherwise.
 *
 * @module
 */

import { type Conversation, TITLE_MAX_LENGTH } from "@postern/wire";
import { api } from "../../browser/api.ts";
import { Field } from "../../forms/field.tsx";
import { FormProblem } from "../../forms/form_problem.tsx";
import { findEmpty } from "../../forms/read_fields.ts";
import { SubmitButton } from "../../forms/submit_button.tsx";
import { useForm } from "../../forms/use_form.ts";
import { noteConversation } from "./use_conversations.ts";

/** What it is handed. */
export interface RenameFormProps {
  readonly conversation: Conversation;
  onDone(words: string): void;
}

/** Draws the form. Any member may. */
export function RenameForm({ conversation: { id, title }, onDone }: RenameFormProps) {
  const form = useForm({
    fields: ["title"],
    check: (values) => findEmpty(values, { title: "Enter a title" }),
    send: (values) => api.renameConversation(id, { title: values.title }),
    onDone(renamed) {
      noteConversation(renamed);
      onDone(`It is called ${renamed.title} now.`);
    },
  });
  return (
    <form className="pt-form pt-inline-form" {...form.formProps}>
      <FormProblem form={form} />
      <Field
        form={form}
        name="title"
        label="Title"
        defaultValue={title}
        maxLength={TITLE_MAX_LENGTH}
        autoComplete="off"
      />
      <SubmitButton form={form} variant="default">
        Rename
      </SubmitButton>
    </form>
  );
}

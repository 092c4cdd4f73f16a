/**
 * Adding people to a conversation.
 *
 * @module
 */

import type { Conversation } from "@postern/wire";
import { api } from "../../browser/api.ts";
import { Field } from "../../forms/field.tsx";
import { FormProblem } from "../../forms/form_problem.tsx";
import { findEmpty } from "../../forms/read_fields.ts";
import { SubmitButton } from "../../forms/submit_button.tsx";
import { useForm } from "../../forms/use_form.ts";
import { readUsernames } from "./read_usernames.ts";
import { noteConversation } from "./use_conversations.ts";

/** What it is handed. */
export interface AddMembersFormProps {
  readonly conversation: Conversation;
  onDone(words: string): void;
}

/** Draws the form. Any member may; who is in it already stays as they are. */
export function AddMembersForm({ conversation: { id }, onDone }: AddMembersFormProps) {
  const form = useForm({
    fields: ["members"],
    check: (values) => findEmpty(values, { members: "Enter a username" }),
    send: (values) => api.addMembers(id, { members: readUsernames(values.members) }),
    onDone(changed, { members }) {
      noteConversation(changed);
      const names = readUsernames(members);
      onDone(`${names.join(", ")} ${names.length === 1 ? "is" : "are"} in.`);
      form.formProps.ref.current?.reset();
    },
  });
  return (
    <form className="pt-form pt-inline-form" {...form.formProps}>
      <FormProblem form={form} />
      <Field
        form={form}
        name="members"
        label="Add people"
        placeholder="Usernames"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
      <SubmitButton form={form} variant="default">
        Add
      </SubmitButton>
    </form>
  );
}

/**
 * Starting a conversation.
 *
 * @module
 */

import { TITLE_MAX_LENGTH } from "@postern/wire";
import { api, queries } from "../../browser/api.ts";
import { go } from "../../browser/location_store.ts";
import { Field } from "../../forms/field.tsx";
import { FormProblem } from "../../forms/form_problem.tsx";
import { findEmpty } from "../../forms/read_fields.ts";
import { SubmitButton } from "../../forms/submit_button.tsx";
import { useForm } from "../../forms/use_form.ts";
import { Section } from "../account/section.tsx";
import { CONVERSATIONS_KEY } from "./conversation_list.tsx";

/** Draws the form. */
export function NewConversation() {
  const form = useForm({
    fields: ["title", "members"],
    check: (values) => findEmpty(values, { title: "Enter a title" }),
    send: ({ title, members }) =>
      api.createConversation({
        title: title.trim(),
        members: members.split(/[\s,]+/).filter((name) => name !== ""),
      }),
    onDone({ id }) {
      void queries.invalidateQueries({ queryKey: CONVERSATIONS_KEY });
      go(`/chat?conversation=${encodeURIComponent(id)}`);
    },
  });
  return (
    <Section id="new" title="New conversation" words="Its members see all that is said in it.">
      <form className="pt-form" {...form.formProps}>
        <FormProblem form={form} />
        <Field form={form} name="title" label="Title" required maxLength={TITLE_MAX_LENGTH} />
        <Field
          form={form}
          name="members"
          label="Members"
          description="Usernames, with spaces between them"
          autoCapitalize="none"
          spellCheck={false}
        />
        <SubmitButton form={form}>Start the conversation</SubmitButton>
      </form>
    </Section>
  );
}

/**
 * Starting a conversation.
 *
 * @module
 */

import { Button } from "@mantine/core";
import { Dialog } from "@postern/ui";
import { TITLE_MAX_LENGTH } from "@postern/wire";
import { api } from "../../browser/api.ts";
import { go } from "../../browser/location_store.ts";
import { Field } from "../../forms/field.tsx";
import { FocusFirst } from "../../forms/focus_first.tsx";
import { FormProblem } from "../../forms/form_problem.tsx";
import { findEmpty } from "../../forms/read_fields.ts";
import { SubmitButton } from "../../forms/submit_button.tsx";
import { useForm } from "../../forms/use_form.ts";
import { roomPath } from "./conversation_list.tsx";
import { readUsernames } from "./read_usernames.ts";
import { noteConversation } from "./use_conversations.ts";

/** What it is handed. */
export interface NewConversationProps {
  readonly isOpen: boolean;
  onClose(): void;
}

/** Draws the dialog. */
export function NewConversation({ isOpen, onClose }: NewConversationProps) {
  return (
    <Dialog isOpen={isOpen} title="New conversation" onClose={onClose}>
      <NewConversationForm onClose={onClose} />
    </Dialog>
  );
}

/** Goes to the conversation once it is there. */
function NewConversationForm({ onClose }: Pick<NewConversationProps, "onClose">) {
  const form = useForm({
    fields: ["title", "members"],
    check: (values) => findEmpty(values, { title: "Enter a title" }),
    send: ({ title, members }) =>
      api.createConversation({ title, members: readUsernames(members) }),
    onDone(made) {
      onClose();
      noteConversation(made);
      go(roomPath(made.id));
    },
  });
  return (
    <form className="pt-form" {...form.formProps}>
      <FormProblem form={form} />
      <FocusFirst>
        <Field
          form={form}
          name="title"
          label="Title"
          required
          maxLength={TITLE_MAX_LENGTH}
          autoComplete="off"
        />
      </FocusFirst>
      <Field
        form={form}
        name="members"
        label="People"
        description="Usernames, with spaces or commas between them. You can add more later."
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
      <div className="pt-dialog-actions">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <SubmitButton form={form}>Start</SubmitButton>
      </div>
    </form>
  );
}

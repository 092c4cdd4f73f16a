/**
 * Leaving a conversation.
 *
 * @module
 */

import { Button } from "@mantine/core";
import { ConfirmDialog } from "@postern/ui";
import type { Conversation } from "@postern/wire";
import { useState } from "react";
import { api, toasts } from "../../browser/api.ts";
import { go } from "../../browser/location_store.ts";
import { problemWords } from "../../forms/problem_words.ts";
import { reloadConversations } from "./use_conversations.ts";

/** Draws the button, and asks before it acts: one cannot come back by oneself. */
export function LeaveButton({ conversation }: { readonly conversation: Conversation }) {
  const { id, title, member_count: count } = conversation;
  const [isOpen, setOpen] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string>();

  async function leave(): Promise<void> {
    setBusy(true);
    setError(undefined);
    const answer = await api.leaveConversation(id);
    setBusy(false);
    if (!answer.ok && answer.problem.code !== "not_found") {
      setError(problemWords(answer.problem));
      return;
    }
    go("/chat", { isReplacing: true });
    toasts.add(`You left ${title}`);
    reloadConversations();
  }

  return (
    <>
      <Button variant="default" className="pt-leave" onClick={() => setOpen(true)}>
        Leave
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        title={`Leave ${title}?`}
        confirmLabel="Leave"
        isBusy={isBusy}
        error={error}
        onConfirm={() => void leave()}
        onClose={() => setOpen(false)}
      >
        {count === 1
          ? "You are its last member: it ends, and its messages are deleted."
          : "You no longer see it. Only one of its members can add you again."}
      </ConfirmDialog>
    </>
  );
}

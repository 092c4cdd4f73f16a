/**
 * One member of a conversation.
 *
 * @module
 */

import { Button } from "@mantine/core";
import type { ChatUser, Conversation } from "@postern/wire";
import { useState } from "react";
import { api } from "../../browser/api.ts";
import { problemWords } from "../../forms/problem_words.ts";
import { Avatar } from "./avatar.tsx";
import { noteConversation } from "./use_conversations.ts";

/** What a row is handed. */
export interface MemberRowProps {
  readonly conversation: Conversation;
  readonly member: ChatUser;
  readonly isSelf: boolean;
  readonly isHere: boolean;
  readonly mayRemove: boolean;
  /** Called when the member is removed and the row is about to go, with focus on it. */
  onRemoved(words: string): void;
  onProblem(words: string): void;
}

/** Draws the member, and removes them when asked. */
export function MemberRow(props: MemberRowProps) {
  const { conversation, member, isSelf, isHere, mayRemove, onRemoved, onProblem } = props;
  const [isBusy, setBusy] = useState(false);

  async function remove(): Promise<void> {
    setBusy(true);
    const answer = await api.removeMember(conversation.id, member.id);
    setBusy(false);
    // One who is gone already is what was asked for.
    if (!answer.ok && answer.problem.code !== "not_found") {
      onProblem(problemWords(answer.problem));
      return;
    }
    const members = conversation.members.filter(({ id }) => id !== member.id);
    noteConversation({ ...conversation, members, member_count: members.length });
    onRemoved(`${member.username} is out.`);
  }

  return (
    <li className="pt-member">
      <Avatar user={member} isHere={isHere} />
      <p>
        {member.username}
        <span className="pt-dim">
          {wordsOf({ isSelf, isHere, isMaker: conversation.made_by === member.id })}
        </span>
      </p>
      {mayRemove ? (
        <Button
          variant="default"
          size="sm"
          loading={isBusy}
          aria-label={`Remove ${member.username}`}
          onClick={() => void remove()}
        >
          Remove
        </Button>
      ) : null}
    </li>
  );
}

interface Standing {
  readonly isSelf: boolean;
  readonly isHere: boolean;
  readonly isMaker: boolean;
}

function wordsOf({ isSelf, isHere, isMaker }: Standing): string {
  const here = isHere ? "Here now" : "Not here";
  const words = [isSelf ? "You" : here, ...(isMaker ? ["started it"] : [])];
  return words.join(", ");
}

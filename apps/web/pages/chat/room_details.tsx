/**
 * The dialog about a conversation: its title, its members, and leaving it.
 *
 * @module
 */

import { Button } from "@mantine/core";
import { Dialog } from "@postern/ui";
import type { ChatUser, Conversation, User } from "@postern/wire";
import { useRef, useState } from "react";
import { AddMembersForm } from "./add_members_form.tsx";
import { LeaveButton } from "./leave_button.tsx";
import { MemberRow } from "./member_row.tsx";
import { RenameForm } from "./rename_form.tsx";

/** What it is handed. */
export interface RoomDetailsProps {
  readonly isOpen: boolean;
  readonly conversation: Conversation;
  /** The others who are connected. */
  readonly here: ReadonlyMap<string, ChatUser>;
  readonly user: User;
  onClose(): void;
}

/** Draws it. What was done is said within it: nothing else can be seen meanwhile. */
export function RoomDetails({ isOpen, conversation, here, user, onClose }: RoomDetailsProps) {
  const [done, setDone] = useState("");
  const list = useRef<HTMLUListElement>(null);
  const { members } = conversation;
  const isMaker = conversation.made_by === user.id;
  function close(): void {
    setDone("");
    onClose();
  }
  return (
    <Dialog isOpen={isOpen} title="About this conversation" onClose={close}>
      <div className="pt-details">
        <RenameForm conversation={conversation} onDone={setDone} />
        <section aria-labelledby="members-title">
          <h3 id="members-title">Members</h3>
          <ul ref={list} className="pt-members" tabIndex={-1} aria-labelledby="members-title">
            {members.map((member) => (
              <MemberRow
                key={member.id}
                conversation={conversation}
                member={member}
                isSelf={member.id === user.id}
                isHere={member.id === user.id || here.has(member.id)}
                mayRemove={isMaker && member.id !== user.id}
                onProblem={setDone}
                onRemoved={(words) => {
                  setDone(words);
                  list.current?.focus({ preventScroll: true });
                }}
              />
            ))}
          </ul>
          <AddMembersForm conversation={conversation} onDone={setDone} />
        </section>
        <p className="pt-details-done" role="status">
          {done}
        </p>
        <div className="pt-details-foot">
          <LeaveButton conversation={conversation} />
          <Button variant="default" onClick={close}>
            Close
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

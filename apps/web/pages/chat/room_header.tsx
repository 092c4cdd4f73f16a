/**
 * The head of a room: what it is called, who is here, and the way to its members.
 *
 * @module
 */

import { Button } from "@mantine/core";
import type { Conversation } from "@postern/wire";
import { PageLink } from "../../browser/page_link.tsx";
import { PageHeading } from "../../layout/page_heading.tsx";
import { ChatIcon } from "./chat_icon.tsx";
import type { RoomState } from "./room_state.ts";
import { nameWords } from "./room_words.ts";

/** What it is handed. */
export interface RoomHeaderProps {
  readonly conversation: Conversation;
  readonly state: RoomState;
  onShowMembers(): void;
}

/** Draws it. */
export function RoomHeader({ conversation, state, onShowMembers }: RoomHeaderProps) {
  const { title, member_count: count } = conversation;
  return (
    <header className="pt-room-head">
      <BackLink />
      <div className="pt-room-title">
        <PageHeading title={title} />
        <p>
          {count === 1 ? "You alone" : `${count} members`}
          {count > 1 && state.chat.name === "open" ? <Here state={state} /> : null}
        </p>
      </div>
      <Button variant="default" size="sm" className="pt-room-members" onClick={onShowMembers}>
        <ChatIcon name="people" size={18} />
        <span className="pt-room-members-word">Members</span>
      </Button>
    </header>
  );
}

function Here({ state }: { readonly state: RoomState }) {
  const here = [...state.here.values()];
  if (here.length === 0) return <>, nobody else is here</>;
  return (
    <>
      , <span className="pt-here-dot" aria-hidden="true" /> {nameWords(here)}{" "}
      {here.length === 1 ? "is" : "are"} here
    </>
  );
}

/** The way to the list, where there is no room for both. */
export function BackLink() {
  return (
    <PageLink href="/chat" className="pt-back" aria-label="All conversations">
      <ChatIcon name="back" />
    </PageLink>
  );
}

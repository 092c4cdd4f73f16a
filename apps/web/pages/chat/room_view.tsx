/**
 * One conversation: entered once it is known how far it was read, and left with the page.
 *
 * @module
 */

import type { Conversation, User } from "@postern/wire";
import { useEffect, useState, useSyncExternalStore } from "react";
import { ProblemError } from "../../browser/problem_error.ts";
import { PageHeading } from "../../layout/page_heading.tsx";
import { ProblemPanel } from "../../layout/problem_panel.tsx";
import { WaitingPage } from "../../layout/waiting_page.tsx";
import { OpenRoom } from "./open_room.tsx";
import { Room } from "./room.ts";
import { RoomGone } from "./room_gone.tsx";
import { BackLink } from "./room_header.tsx";
import { reloadConversations, useConversation } from "./use_conversations.ts";

/** Which conversation, and who looks at it. */
export interface RoomViewProps {
  readonly id: string;
  readonly user: User;
}

/** Draws it, or says why it cannot. */
export function RoomView({ id, user }: RoomViewProps) {
  const { data, error, refetch } = useConversation(id);
  const isGone = error instanceof ProblemError && error.problem.code === "not_found";
  useEffect(() => {
    if (isGone) reloadConversations();
  }, [isGone]);
  if (isGone) return <RoomGone />;
  if (data !== undefined) return <EnteredRoom conversation={data} user={user} />;
  if (error === null) return <RoomGhost />;
  return (
    <div className="pt-room-note">
      <BackLink />
      <PageHeading title="Something is in the way" />
      <ProblemPanel error={error} onRetry={() => void refetch()} />
    </div>
  );
}

interface EnteredRoomProps {
  readonly conversation: Conversation;
  readonly user: User;
}

/** Enters it, and warns before the tab is closed on what was not sent yet. */
function EnteredRoom({ conversation, user }: EnteredRoomProps) {
  const [room, setRoom] = useState<Room>();
  const [atArrival] = useState(conversation);
  useEffect(() => {
    const { id, seq, read_seq } = atArrival;
    const entered = new Room({ id, userId: user.id, seq, read_seq });
    setRoom(entered);
    const warn = (event: BeforeUnloadEvent) => {
      if (entered.read().outgoing.length > 0) event.preventDefault();
    };
    addEventListener("beforeunload", warn);
    return () => {
      removeEventListener("beforeunload", warn);
      entered.leave();
    };
  }, [atArrival, user.id]);
  if (room === undefined) return <RoomGhost />;
  return <WatchedRoom room={room} conversation={conversation} user={user} />;
}

function WatchedRoom({ room, ...rest }: EnteredRoomProps & { readonly room: Room }) {
  const state = useSyncExternalStore(room.subscribe, room.read);
  const isOut = state.chat.name === "ended" && state.chat.reason === "forbidden";
  useEffect(() => {
    if (isOut) reloadConversations();
  }, [isOut]);
  return isOut ? <RoomGone /> : <OpenRoom room={room} state={state} {...rest} />;
}

function RoomGhost() {
  return (
    <div className="pt-room">
      <WaitingPage />
    </div>
  );
}

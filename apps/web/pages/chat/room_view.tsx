/**
 * One conversation.
 *
 * @module
 */

import { Button } from "@mantine/core";
import type { ChatState } from "@postern/client";
import { Notice } from "@postern/ui";
import type { Conversation, User } from "@postern/wire";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { api, queries } from "../../browser/api.ts";
import { PageLink } from "../../browser/page_link.tsx";
import { unwrap } from "../../browser/problem_error.ts";
import { AppLayout } from "../../layout/app_layout.tsx";
import { ProblemPanel } from "../../layout/problem_panel.tsx";
import { WaitingPage } from "../../layout/waiting_page.tsx";
import { Composer } from "./composer.tsx";
import { CONVERSATIONS_KEY } from "./conversation_list.tsx";
import { MessageLog } from "./message_log.tsx";
import { useRoom } from "./use_room.ts";

/** Which conversation, and who looks at it. */
export interface RoomViewProps {
  readonly id: string;
  readonly user: User;
}

/** Draws it, or says why it cannot. */
export function RoomView({ id, user }: RoomViewProps) {
  const { data, error, refetch } = useQuery({
    queryKey: ["conversation", id],
    queryFn: () => unwrap(api.getConversation(id)),
  });
  if (data !== undefined) return <OpenRoom conversation={data} user={user} />;
  if (error === null) return <WaitingPage />;
  return (
    <AppLayout title="This conversation is not here" lead={<BackLink />}>
      <ProblemPanel error={error} onRetry={() => void refetch()} />
    </AppLayout>
  );
}

interface OpenRoomProps {
  readonly conversation: Conversation;
  readonly user: User;
}

function OpenRoom({ conversation: { id, title, members }, user }: OpenRoomProps) {
  const room = useRoom(id);
  const newest = room.messages?.at(-1)?.seq;
  useEffect(() => {
    if (newest === undefined) return;
    void api
      .markRead(id, { seq: newest })
      .then(() => queries.invalidateQueries({ queryKey: CONVERSATIONS_KEY }));
  }, [id, newest]);
  const names = members.map(({ username }) => username).join(", ");
  return (
    <AppLayout
      title={title}
      lead={
        <>
          {names}. <BackLink />
        </>
      }
    >
      <div className="pt-chat-room">
        {room.hasOlder ? (
          <Button variant="default" onClick={() => void room.showOlder()}>
            Show older messages
          </Button>
        ) : null}
        {room.messages?.length === 0 && room.pending.length === 0 ? (
          <p className="pt-chat-empty">Nothing has been said yet.</p>
        ) : null}
        <MessageLog room={room} userId={user.id} />
        <RoomState state={room.state} />
        <Composer isEnded={room.state.name === "ended"} onSend={room.send} />
      </div>
    </AppLayout>
  );
}

function BackLink() {
  return <PageLink href="/chat">All conversations</PageLink>;
}

/** Nothing while all is well. */
function RoomState({ state }: { readonly state: ChatState }) {
  return <div role="status">{stateNotice(state)}</div>;
}

function stateNotice(state: ChatState) {
  if (state.name === "reconnecting") {
    return (
      <Notice tone="warning">The connection is gone. Trying again; what you write waits.</Notice>
    );
  }
  if (state.name !== "ended" || state.reason === "closed") return null;
  switch (state.reason) {
    case "signed_out":
      return <Notice tone="bad">Your session has ended. Sign in to go on.</Notice>;
    case "forbidden":
      return <Notice tone="bad">You are no longer a member of this conversation.</Notice>;
    case "refused":
      return <Notice tone="bad">The server speaks another version. Load the page anew.</Notice>;
  }
}

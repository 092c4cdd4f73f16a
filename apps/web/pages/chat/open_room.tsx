/**
 * A room that one is in: its head, its messages, and where one writes.
 *
 * @module
 */

import type { Conversation, User } from "@postern/wire";
import { useCallback, useEffect, useRef, useState } from "react";
import { Announcer } from "./announcer.tsx";
import { Composer } from "./composer.tsx";
import { ConnectionLine } from "./connection_line.tsx";
import { keptRoom } from "./kept_room.ts";
import { MessageLog } from "./message_log.tsx";
import type { Room } from "./room.ts";
import { RoomDetails } from "./room_details.tsx";
import { RoomHeader } from "./room_header.tsx";
import type { RoomState } from "./room_state.ts";
import { typingWords } from "./room_words.ts";
import { reloadConversation } from "./use_conversations.ts";

/** What it is handed. */
export interface OpenRoomProps {
  readonly room: Room;
  readonly state: RoomState;
  readonly conversation: Conversation;
  readonly user: User;
}

/** Draws it. */
export function OpenRoom({ room, state, conversation, user }: OpenRoomProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const goToEnd = useRef<() => void>(() => undefined);
  const [isShowingMembers, setShowingMembers] = useState(false);
  const hurry = useCallback(() => room.hurry(), [room]);
  useNewcomers(conversation, state);
  return (
    <section className="pt-room" aria-label={conversation.title}>
      <RoomHeader
        conversation={conversation}
        state={state}
        onShowMembers={() => setShowingMembers(true)}
      />
      <MessageLog
        room={room}
        state={state}
        userId={user.id}
        goToEnd={goToEnd}
        onLeave={() => field.current?.focus()}
      />
      <div className="pt-room-foot">
        <ConnectionLine
          chat={state.chat}
          onHurry={hurry}
          onTryNow={() => {
            hurry();
            field.current?.focus();
          }}
        />
        <p className="pt-typing">{typingWords(state.typists.map((typist) => typist.user))}</p>
        <Composer
          field={field}
          kept={keptRoom(user.id, conversation.id)}
          onSend={(text) => {
            room.send(text);
            goToEnd.current();
          }}
          onTyping={() => room.noteTyping()}
          onLookUp={() => document.querySelector<HTMLElement>(".pt-log")?.focus()}
        />
      </div>
      <Announcer messages={state.messages} isLoaded={state.isLoaded} userId={user.id} />
      <RoomDetails
        isOpen={isShowingMembers}
        conversation={conversation}
        here={state.here}
        user={user}
        onClose={() => setShowingMembers(false)}
      />
    </section>
  );
}

/** Asks for the members anew when somebody is heard of who is none of those that are known. */
function useNewcomers({ id, members }: Conversation, { here, messages }: RoomState): void {
  const known = new Set(members.map((member) => member.id));
  const author = messages.at(-1)?.user.id;
  const strangers = [...here.keys(), ...(author === undefined ? [] : [author])].filter(
    (userId) => !known.has(userId),
  );
  const heardOf = strangers.join(" ");
  useEffect(() => {
    if (heardOf !== "") reloadConversation(id);
  }, [id, heardOf]);
}

/**
 * `/chat`: conversations, and with `?conversation=` one of them.
 *
 * @module
 */

import "./chat.css";
import { useAddress } from "../browser/address_context.ts";
import { AppLayout } from "../layout/app_layout.tsx";
import { SignedIn } from "../layout/signed_in.tsx";
import { ConversationList } from "./chat/conversation_list.tsx";
import { NewConversation } from "./chat/new_conversation.tsx";
import { RoomView } from "./chat/room_view.tsx";

/** Draws the page. */
export function ChatPage() {
  const id = useAddress().query.get("conversation");
  return (
    <SignedIn>
      {(user) => (id === null ? <Overview /> : <RoomView key={id} id={id} user={user} />)}
    </SignedIn>
  );
}

function Overview() {
  return (
    <AppLayout title="Chat">
      <div className="pt-chat-overview">
        <ConversationList />
        <NewConversation />
      </div>
    </AppLayout>
  );
}

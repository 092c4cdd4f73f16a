/**
 * `/chat`: conversations, and with `?conversation=` one of them.
 *
 * @module
 */

import "./chat/avatar.css";
import "./chat/composer.css";
import "./chat/log.css";
import "./chat/message.css";
import "./chat/pane.css";
import "./chat/room.css";
import type { User } from "@postern/wire";
import { useEffect } from "react";
import { useAddress } from "../browser/address_context.ts";
import { AppBar } from "../layout/app_bar.tsx";
import { SignedIn } from "../layout/signed_in.tsx";
import { conversationsOf } from "./chat/conversation_pages.ts";
import { ConversationPane } from "./chat/conversation_pane.tsx";
import { RoomView } from "./chat/room_view.tsx";
import { useConversations } from "./chat/use_conversations.ts";

/** Draws the page. */
export function ChatPage() {
  return <SignedIn>{(user) => <Chat user={user} />}</SignedIn>;
}

/** List and conversation side by side; on a phone one at a time. */
function Chat({ user }: { readonly user: User }) {
  const id = useAddress().query.get("conversation") || null;
  useTitle(id);
  return (
    <div className="pt-chat" data-room={id === null ? undefined : ""}>
      <AppBar />
      <main className="pt-chat-main" id="content" tabIndex={-1}>
        <ConversationPane openId={id} userId={user.id} />
        {id === null ? (
          <p className="pt-chat-empty">Choose a conversation, or start one.</p>
        ) : (
          <RoomView key={id} id={id} user={user} />
        )}
      </main>
    </div>
  );
}

/** Names the conversation in the tab, and how many messages wait unread in all that are listed. */
function useTitle(id: string | null): void {
  const { data } = useConversations();
  const items = data === undefined ? [] : conversationsOf(data);
  const unread = items.reduce((sum, item) => sum + item.unread, 0);
  const name = items.find((item) => item.id === id)?.title ?? "Chat";
  const title = `${unread > 0 ? `(${unread}) ` : ""}${name} · Postern`;
  useEffect(() => {
    document.title = title;
  }, [title]);
}

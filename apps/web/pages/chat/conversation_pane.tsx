/**
 * The conversations, and starting another.
 *
 * @module
 */

import { Button } from "@mantine/core";
import { useState } from "react";
import { PageHeading } from "../../layout/page_heading.tsx";
import { ChatIcon } from "./chat_icon.tsx";
import { ConversationList } from "./conversation_list.tsx";
import { NewConversation } from "./new_conversation.tsx";

/** What it is handed. */
export interface ConversationPaneProps {
  /** The one that is open beside it. */
  readonly openId: string | null;
  readonly userId: string;
}

/** Draws the pane. Its heading is the page's where no conversation is open. */
export function ConversationPane({ openId, userId }: ConversationPaneProps) {
  const [isStarting, setStarting] = useState(false);
  return (
    <section className="pt-pane" aria-label="Conversations">
      <div className="pt-pane-head">
        {openId === null ? <PageHeading title="Chat" /> : <h2>Chat</h2>}
        <Button
          size="sm"
          leftSection={<ChatIcon name="plus" size={16} />}
          onClick={() => setStarting(true)}
        >
          New
          <span className="pt-hidden"> conversation</span>
        </Button>
      </div>
      <ConversationList openId={openId} userId={userId} />
      <NewConversation isOpen={isStarting} onClose={() => setStarting(false)} />
    </section>
  );
}

/**
 * A conversation as its page sees it: messages in order, what is on its way, and the connection.
 *
 * @module
 */

import {
  type Chat,
  type ChatState,
  cookieEntrance,
  openChat,
  webSocketDial,
} from "@postern/client";
import type { ChatMessage } from "@postern/wire";
import { useEffect, useRef, useState } from "react";
import { api } from "../../browser/api.ts";
import { uuid } from "./uuid.ts";

/** A message that the server has not acknowledged yet. */
export interface PendingMessage {
  readonly id: string;
  readonly text: string;
}

/** What the page draws. */
export interface Room {
  /** `undefined` before the newest ones have come. */
  readonly messages: readonly ChatMessage[] | undefined;
  readonly pending: readonly PendingMessage[];
  readonly state: ChatState;
  readonly hasOlder: boolean;
  send(text: string): void;
  showOlder(): Promise<void>;
}

/** Takes part in a conversation for as long as its page is shown. */
export function useRoom(conversation: string): Room {
  const chat = useRef<Chat>(undefined);
  const [messages, setMessages] = useState<readonly ChatMessage[]>();
  const [pending, setPending] = useState<readonly PendingMessage[]>([]);
  const [state, setState] = useState<ChatState>({ name: "connecting" });
  const [hasOlder, setHasOlder] = useState(false);

  useEffect(() => {
    const opened = openRoom(conversation, {
      state: setState,
      message(message) {
        setMessages((kept) => merge(kept, [message]));
        setPending((kept) => kept.filter(({ id }) => id !== message.id));
      },
    });
    chat.current = opened;
    void opened.history({}).then((piece) => {
      if (!piece.ok) return;
      setMessages((kept) => merge(kept, piece.messages));
      setHasOlder(piece.more);
    });
    return () => opened.close();
  }, [conversation]);

  function send(text: string): void {
    const sending = chat.current?.send(text);
    if (sending === undefined) return;
    setPending((kept) => [...kept, { id: sending.id, text }]);
  }

  async function showOlder(): Promise<void> {
    const first = messages?.[0];
    if (first === undefined) return;
    const piece = await chat.current?.history({ before: first.seq });
    if (!piece?.ok) return;
    setMessages((kept) => merge(kept, piece.messages));
    setHasOlder(piece.more);
  }

  return { messages, pending, state, hasOlder, send, showOlder };
}

function openRoom(conversation: string, ears: Parameters<typeof openChat>[0]["ears"]): Chat {
  return openChat({
    conversation,
    baseUrl: location.origin,
    entrance: cookieEntrance(api),
    ears,
    dial: webSocketDial((url) => new WebSocket(url)),
    timers: {
      after(waitMs, work) {
        const timer = setTimeout(work, waitMs);
        return () => clearTimeout(timer);
      },
    },
    now: () => performance.now(),
    random: randomFraction,
    newId: uuid,
  });
}

/** Puts two runs of messages together, each once and in order. */
function merge(
  kept: readonly ChatMessage[] | undefined,
  more: readonly ChatMessage[],
): readonly ChatMessage[] {
  const bySeq = new Map([...(kept ?? []), ...more].map((message) => [message.seq, message]));
  return [...bySeq.values()].sort((one, other) => one.seq - other.seq);
}

function randomFraction(): number {
  return (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32;
}

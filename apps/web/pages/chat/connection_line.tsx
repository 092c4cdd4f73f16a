/**
 * How the connection stands, in words; nothing while all is well.
 *
 * @module
 */

import type { ChatState } from "@postern/client";
import { Notice } from "@postern/ui";
import { type ReactNode, useEffect, useSyncExternalStore } from "react";
import { PageLink } from "../../browser/page_link.tsx";
import { withNext } from "../../browser/safe_next.ts";
import { useWait, waitWords } from "../../forms/use_wait.ts";

/** What it is handed. */
export interface ConnectionLineProps {
  readonly chat: ChatState;
  onHurry(): void;
}

/** Draws it. The region is there from the start, so that what comes into it is read out. */
export function ConnectionLine({ chat, onHurry }: ConnectionLineProps) {
  const isOnline = useSyncExternalStore(watchNetwork, () => navigator.onLine);
  useEffect(() => {
    if (isOnline) onHurry();
  }, [isOnline, onHurry]);
  const isWaiting = chat.name === "connecting" || chat.name === "reconnecting";
  return (
    <div className="pt-connection" role="status" aria-label="Connection">
      {isWaiting && !isOnline ? (
        <Notice tone="warning">
          You are offline. What you write is sent when the network is back.
        </Notice>
      ) : (
        lineOf(chat, onHurry)
      )}
    </div>
  );
}

function lineOf(chat: ChatState, onHurry: () => void): ReactNode {
  switch (chat.name) {
    case "open":
      return null;
    case "connecting":
      return <p className="pt-connection-quiet">Connecting…</p>;
    case "reconnecting":
      return <Reconnecting key={chat.attempt} chat={chat} onHurry={onHurry} />;
    case "ended":
      return chat.reason === "signed_out" ? <SignedOut /> : <Outdated />;
  }
}

interface ReconnectingProps {
  readonly chat: Extract<ChatState, { name: "reconnecting" }>;
  onHurry(): void;
}

/** The seconds are for the eye alone: read out, they would never end. */
function Reconnecting({ chat, onHurry }: ReconnectingProps) {
  const { seconds, start } = useWait();
  useEffect(() => start(chat.waitMs / 1_000), [chat, start]);
  const when = seconds > 0 ? `in ${waitWords(seconds)}` : "now";
  if (chat.isHeldBack) {
    return (
      <Notice tone="warning">
        Too many messages at once. What is not sent yet waits, and none is lost.{" "}
        <span aria-hidden="true">It goes on {when}.</span>
      </Notice>
    );
  }
  return (
    <Notice tone="warning">
      <span className="pt-connection-words">
        The connection is gone. What you write waits.{" "}
        <span aria-hidden="true">Trying again {when}.</span>
      </span>{" "}
      <button type="button" className="pt-text-button" onClick={onHurry}>
        Try now
      </button>
    </Notice>
  );
}

function SignedOut() {
  const here = `${location.pathname}${location.search}`;
  return (
    <Notice tone="bad">
      Your session has ended. <PageLink href={withNext("/login", here)}>Sign in</PageLink> to go on;
      what you wrote is kept in this tab.
    </Notice>
  );
}

/** The server did not understand this page. */
function Outdated() {
  return (
    <Notice tone="bad">
      The server has changed since this page was loaded.{" "}
      <button type="button" className="pt-text-button" onClick={() => location.reload()}>
        Load it again
      </button>
    </Notice>
  );
}

function watchNetwork(listener: () => void): () => void {
  addEventListener("online", listener);
  addEventListener("offline", listener);
  return () => {
    removeEventListener("online", listener);
    removeEventListener("offline", listener);
  };
}

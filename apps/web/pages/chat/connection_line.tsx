/**
 * How the connection stands, in words; nothing while all is well.
 *
 * @module
 */

import type { ChatState } from "@postern/client";
import { Notice } from "@postern/ui";
import { type ReactNode, useEffect, useRef, useSyncExternalStore } from "react";
import { PageLink } from "../../browser/page_link.tsx";
import { withNext } from "../../browser/safe_next.ts";
import { useWait, waitWords } from "../../forms/use_wait.ts";

/** What it is handed. */
export interface ConnectionLineProps {
  readonly chat: ChatState;
  /** Tries to reconnect at once; the same function each time. */
  readonly onHurry: () => void;
  /** Called with the button for that, which goes when it works. */
  onTryNow(): void;
}

/** Draws it. The region is there from the start, so that what comes into it is read out. */
export function ConnectionLine({ chat, onHurry, onTryNow }: ConnectionLineProps) {
  const isOnline = useSyncExternalStore(watchNetwork, () => navigator.onLine);
  useHurry(isOnline, onHurry);
  const wasLost = useRef(false);
  if (chat.name === "reconnecting") wasLost.current = true;
  const isWaiting = chat.name === "connecting" || chat.name === "reconnecting";
  return (
    <div className="pt-connection" role="status" aria-label="Connection">
      {isWaiting && !isOnline ? (
        <Notice tone="warning">
          You are offline. What you write is sent when the network is back.
        </Notice>
      ) : (
        lineOf(chat, onTryNow)
      )}
      {chat.name === "open" && wasLost.current ? (
        <p className="pt-hidden">Connected again</p>
      ) : null}
    </div>
  );
}

/** Tries at once when the network is back, or one looks at the page again: what sleeps tries late. */
function useHurry(isOnline: boolean, onHurry: () => void): void {
  useEffect(() => {
    function hurry(): void {
      if (isOnline && document.visibilityState === "visible") onHurry();
    }
    hurry();
    document.addEventListener("visibilitychange", hurry);
    return () => document.removeEventListener("visibilitychange", hurry);
  }, [isOnline, onHurry]);
}

function lineOf(chat: ChatState, onTryNow: () => void): ReactNode {
  switch (chat.name) {
    case "open":
      return null;
    case "connecting":
      return <p className="pt-connection-quiet">Connecting…</p>;
    case "reconnecting":
      return <Reconnecting chat={chat} onTryNow={onTryNow} />;
    case "ended":
      return chat.reason === "signed_out" ? <SignedOut /> : <Outdated />;
  }
}

interface ReconnectingProps {
  readonly chat: Extract<ChatState, { name: "reconnecting" }>;
  onTryNow(): void;
}

/** The seconds are for the eye alone: read out, they would never end. */
function Reconnecting({ chat, onTryNow }: ReconnectingProps) {
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
      <button type="button" className="pt-text-button" onClick={onTryNow}>
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

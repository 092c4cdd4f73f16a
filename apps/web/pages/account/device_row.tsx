/**
 * One signed-in device.
 *
 * @module
 */

import { Button } from "@mantine/core";
import { Icon, type IconName, TimeAgo } from "@postern/ui";
import type { Session } from "@postern/wire";
import { useState } from "react";
import { api, toasts } from "../../browser/api.ts";
import { problemWords } from "../../forms/problem_words.ts";
import { reloadSessions } from "./use_sessions.ts";

/** What a row is handed. */
export interface DeviceRowProps {
  readonly session: Session;
  /** Current time, milliseconds since the epoch. */
  readonly nowMs: number;
  /** Called when the device is ended and its row is about to go, with focus on it. */
  readonly onEnded: () => void;
}

/** Draws the device; this one is marked, and is ended by signing out. */
export function DeviceRow({ session, nowMs, onEnded }: DeviceRowProps) {
  return (
    <li className="pt-item">
      <span className="pt-item-icon">
        <Icon name={iconOf(session)} />
      </span>
      <div className="pt-item-words">
        <p className="pt-item-name">
          {session.device}
          {session.current ? <span className="pt-item-tag">This device</span> : null}
        </p>
        <p>
          {session.current ? "Seen" : "Last seen"}{" "}
          <TimeAgo at={session.last_seen_at} nowMs={nowMs} />
          {session.ip === null ? null : (
            <>
              {" "}
              from <span className="pt-mono">{session.ip}</span>
            </>
          )}
        </p>
        <p className="pt-dim">
          Signed in <TimeAgo at={session.created_at} nowMs={nowMs} />
        </p>
      </div>
      {session.current ? null : <EndButton session={session} onEnded={onEnded} />}
    </li>
  );
}

function EndButton({ session, onEnded }: Pick<DeviceRowProps, "session" | "onEnded">) {
  const [isBusy, setBusy] = useState(false);

  async function end(): Promise<void> {
    setBusy(true);
    const answer = await api.endSession(session.id);
    setBusy(false);
    // One that is gone already is what was asked for.
    const isGone = answer.ok || answer.problem.code === "not_found";
    if (isGone) toasts.add(`${session.device} signed out`);
    else toasts.add(problemWords(answer.problem), "bad");
    await reloadSessions();
    if (isGone) onEnded();
  }

  return (
    <Button
      variant="default"
      size="sm"
      loading={isBusy}
      onClick={() => void end()}
      aria-label={`Sign out ${session.device}`}
    >
      Sign out
    </Button>
  );
}

const PHONES = /android|iphone|ipad|mobile/i;

function iconOf({ kind, user_agent: userAgent, device }: Session): IconName {
  if (kind !== "browser") return "terminal";
  return PHONES.test(`${device} ${userAgent ?? ""}`) ? "phone" : "desktop";
}

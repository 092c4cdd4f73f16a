/**
 * The newest sessions of a user.
 *
 * @module
 */

import { Button } from "@mantine/core";
import { useState } from "react";
import type { SessionRow, UserDetail } from "../../calls/shapes.ts";
import { noteActed } from "../../calls/toasts.ts";
import { TimeText } from "../../parts/time_text.tsx";
import { useHindrance } from "../../state/use_may.ts";
import { deviceWords } from "../sessions/device_words.ts";
import { endSession } from "../sessions/session_acts.ts";

/** Draws them, each with a way to end it. */
export function UserSessions({ user }: { readonly user: UserDetail }) {
  return (
    <section className="co-panel-part">
      <h3>Sessions</h3>
      {user.sessions.length === 0 ? <p className="pt-dim">Signed in nowhere.</p> : null}
      <ul className="co-entries">
        {user.sessions.map((session) => (
          <SessionEntry key={session.id} session={session} />
        ))}
      </ul>
    </section>
  );
}

function SessionEntry({ session }: { readonly session: SessionRow }) {
  const [isBusy, setBusy] = useState(false);
  const hindrance = useHindrance("sessions.end");

  async function end(): Promise<void> {
    setBusy(true);
    const done = await endSession(session);
    setBusy(false);
    noteActed(done, () => `The session on ${deviceWords(session)} ended`);
  }

  return (
    <li>
      <div>
        <strong>{deviceWords(session)}</strong>
        <p className="pt-dim">
          <span className="pt-mono">{session.ip ?? "no address"}</span>, by {session.provider}, seen{" "}
          <TimeText at={session.last_seen_at} form="distance" />
        </p>
      </div>
      <Button
        size="xs"
        variant="default"
        loading={isBusy}
        disabled={hindrance !== null}
        title={hindrance ?? undefined}
        aria-label={`End the session on ${deviceWords(session)}`}
        onClick={() => void end()}
      >
        End
      </Button>
    </li>
  );
}

/**
 * One session: whose, where, since when, and the way to end it.
 *
 * @module
 */

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../calls/api.ts";
import type { SessionDetail } from "../../calls/shapes.ts";
import { noteActed } from "../../calls/toasts.ts";
import { MissingPanel } from "../../parts/missing_panel.tsx";
import { Fact, SidePanel } from "../../parts/side_panel.tsx";
import { Tag } from "../../parts/tag.tsx";
import { TimeText } from "../../parts/time_text.tsx";
import { termText } from "../../query/query_text.ts";
import { addressText, placeOf } from "../../route/address.ts";
import { useConsole } from "../../state/console_state.ts";
import { isPermitted, useHindrance } from "../../state/use_may.ts";
import type { DetailProps } from "../../table/list_spec.ts";
import { StateTag } from "../users/user_columns.tsx";
import { deviceWords } from "./device_words.ts";
import { endSession } from "./session_acts.ts";

/** How often it is asked for while it is open, milliseconds: when it was seen last moves on. */
const LOOK_MS = 5_000;

/** Draws the panel. */
export function SessionPanel({ id, onClose }: DetailProps) {
  const {
    data: session,
    error,
    refetch,
  } = useQuery({
    queryKey: ["sessions", "one", id],
    queryFn: () => api.sessions.get.query({ id }),
    refetchInterval: LOOK_MS,
  });
  return (
    <SidePanel
      title={session === undefined ? "Session" : deviceWords(session)}
      label="Session"
      place={placeOf("sessions", "", id)}
      onClose={onClose}
    >
      {error !== null && session === undefined ? (
        <MissingPanel
          error={error}
          noun="session"
          words="One that has ended is cleared away after a while. Events still name it."
          onRetry={refetch}
        />
      ) : null}
      {session === undefined ? null : <SessionBody session={session} />}
    </SidePanel>
  );
}

function SessionBody({ session }: { readonly session: SessionDetail }) {
  const { user } = session;
  const isOver = session.ended_at !== null;
  return (
    <>
      <dl className="co-facts">
        <Fact name="State">
          {isOver ? <Tag>ended</Tag> : <Tag tone="good">live</Tag>}{" "}
          {session.end_reason === null ? null : session.end_reason.replaceAll("_", " ")}
        </Fact>
        <Fact name="User">
          <a className="pt-link" href={addressText(placeOf("users", "", user.id))}>
            {user.username}
          </a>{" "}
          <StateTag state={user.state} />
        </Fact>
        <Fact name="Address">{session.ip === null ? "none" : <AddressLink ip={session.ip} />}</Fact>
        <Fact name="Opened by">
          {session.provider}, as a {session.kind}
        </Fact>
        <Fact name="Since">
          <TimeText at={session.created_at} form="both" />
        </Fact>
        <Fact name="Seen">
          <TimeText at={session.last_seen_at} form="both" />
        </Fact>
        <Fact name={isOver ? "Ended" : "Ends by itself"}>
          <TimeText at={session.ended_at ?? session.expires_at} form="both" />
        </Fact>
        <Fact name="User agent">{session.user_agent ?? "none"}</Fact>
        <Fact name="Id">
          <span className="pt-mono">{session.id}</span>
        </Fact>
      </dl>
      {isOver ? null : <EndButton session={session} />}
      <Ways session={session} />
    </>
  );
}

function EndButton({ session }: { readonly session: SessionDetail }) {
  const [isBusy, setBusy] = useState(false);
  const hindrance = useHindrance("sessions.end");

  async function end(): Promise<void> {
    setBusy(true);
    const done = await endSession(session);
    setBusy(false);
    noteActed(
      done,
      () => `The session of ${session.user.username} on ${deviceWords(session)} ended`,
    );
  }

  return (
    <div className="co-panel-acts">
      <Button
        size="sm"
        variant="outline"
        color="red"
        loading={isBusy}
        disabled={hindrance !== null}
        title={hindrance ?? undefined}
        onClick={() => void end()}
      >
        End this session
      </Button>
    </div>
  );
}

/** Where else there is something of it. */
function Ways({ session: { id, user } }: { readonly session: SessionDetail }) {
  const maySee = isPermitted(useConsole(), "audit.read");
  const ofUser = termText({ field: "user", value: user.username });
  return (
    <section className="co-panel-part">
      <h3>Go to</h3>
      <ul className="co-ways">
        <li>
          <a className="pt-link" href={addressText(placeOf("sessions", ofUser))}>
            All sessions of {user.username}
          </a>
        </li>
        {maySee ? (
          <li>
            <a className="pt-link" href={addressText(placeOf("audit", `${ofUser} ${id}`))}>
              Events of this session
            </a>
          </li>
        ) : null}
      </ul>
    </section>
  );
}

function AddressLink({ ip }: { readonly ip: string }) {
  const query = termText({ field: "ip", value: ip });
  return (
    <a className="pt-link pt-mono" href={addressText(placeOf("sessions", query))}>
      {ip}
    </a>
  );
}

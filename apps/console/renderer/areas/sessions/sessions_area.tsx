/**
 * The area of sessions.
 *
 * @module
 */

import { api } from "../../calls/api.ts";
import type { SessionRow } from "../../calls/shapes.ts";
import { noteActed } from "../../calls/toasts.ts";
import { placeOf } from "../../route/address.ts";
import { goTo } from "../../route/use_address.ts";
import { hindranceOf } from "../../state/use_may.ts";
import { ListArea } from "../../table/list_area.tsx";
import type { ListSpec } from "../../table/list_spec.ts";
import { deviceWords } from "./device_words.ts";
import { openEndChosen } from "./end_chosen_dialog.tsx";
import { openEndMatching } from "./end_matching_dialog.tsx";
import { fetchSessionFacets } from "./fetch_session_facets.ts";
import { endSession } from "./session_acts.ts";
import { SESSION_COLUMNS } from "./session_columns.tsx";
import { SessionPanel } from "./session_panel.tsx";

const SPEC: ListSpec<SessionRow> = {
  area: "sessions",
  title: "Sessions",
  noun: ["session", "sessions"],
  fields: ["user", "ip", "role", "provider", "device", "since", "until"],
  fetchPage: (query, cursor) =>
    api.sessions.list.query({ query, ...(cursor === undefined ? {} : { cursor }) }),
  columns: SESSION_COLUMNS,
  rowId: (session) => session.id,
  rowLabel: (session) => `the session of ${session.user.username} on ${deviceWords(session)}`,
  views: [
    { name: "All", query: "" },
    { name: "Begun within an hour", query: "since:1h" },
    { name: "Consoles", query: "provider:console" },
    { name: "Owners", query: "role:owner" },
  ],
  rowActions: (session, state) => [
    {
      kind: "item",
      label: "End this session",
      tone: "danger",
      hindrance: hindranceOf(state, "sessions.end"),
      run: () => void endOne(session),
    },
    {
      kind: "item",
      label: `Show ${session.user.username}`,
      run: () => goTo(placeOf("users", "", session.user.id)),
    },
  ],
  bulk: [
    {
      label: "End them…",
      tone: "danger",
      hindrance: (state, chosen) => {
        if (chosen.kind === "some") return hindranceOf(state, "sessions.end");
        if (chosen.query === "")
          return "Give a query first: ending every session there is needs one";
        return hindranceOf(state, "sessions.end_matching");
      },
      open: (chosen, onDone) =>
        chosen.kind === "all"
          ? openEndMatching(chosen.query, onDone)
          : openEndChosen(chosen.rows, onDone),
    },
  ],
  facets: fetchSessionFacets,
  followPage: (query, onPage) =>
    api.sessions.live.subscribe({ query }, { onData: ({ data }) => onPage(data) }),
  empty: {
    icon: "desktop",
    title: "Nobody is signed in",
    words: "Each device and program that signs in is a session, and shows here at once.",
  },
  Detail: SessionPanel,
};

/** Draws it. */
export function SessionsArea() {
  return <ListArea spec={SPEC} />;
}

async function endOne(session: SessionRow): Promise<void> {
  const done = await endSession(session);
  noteActed(done, () => `The session of ${session.user.username} on ${deviceWords(session)} ended`);
}

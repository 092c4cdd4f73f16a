/**
 * The columns of sessions.
 *
 * @module
 */

import type { SessionRow } from "../../calls/shapes.ts";
import { TimeText } from "../../parts/time_text.tsx";
import type { Column } from "../../table/column.ts";
import { deviceWords } from "./device_words.ts";

/** All of them. */
export const SESSION_COLUMNS: readonly Column<SessionRow>[] = [
  {
    id: "user",
    label: "User",
    width: "minmax(9rem, 1fr)",
    text: (session) => session.user.username,
    cell: (session) => <strong>{session.user.username}</strong>,
    term: (session) => ({ field: "user", value: session.user.username }),
  },
  {
    id: "device",
    label: "Device",
    width: "minmax(10rem, 1.2fr)",
    text: deviceWords,
  },
  {
    id: "ip",
    label: "Address",
    width: "minmax(8rem, 0.8fr)",
    text: (session) => session.ip ?? "",
    cell: (session) => <span className="pt-mono">{session.ip}</span>,
    term: (session) => (session.ip === null ? null : { field: "ip", value: session.ip }),
  },
  {
    id: "provider",
    label: "Opened by",
    width: "7rem",
    text: (session) => session.provider,
    term: (session) => ({ field: "provider", value: session.provider }),
  },
  {
    id: "seen",
    label: "Seen",
    width: "8rem",
    text: (session) => session.last_seen_at,
    cell: (session) => <TimeText at={session.last_seen_at} form="distance" />,
  },
  {
    id: "created",
    label: "Since",
    width: "10rem",
    text: (session) => session.created_at,
    cell: (session) => <TimeText at={session.created_at} />,
  },
  {
    id: "expires",
    label: "Ends by itself",
    width: "10rem",
    text: (session) => session.expires_at,
    cell: (session) => <TimeText at={session.expires_at} />,
    isExtra: true,
  },
  {
    id: "kind",
    label: "Kind",
    width: "6rem",
    text: (session) => session.kind,
    isExtra: true,
  },
  {
    id: "agent",
    label: "User agent",
    width: "minmax(14rem, 2fr)",
    text: (session) => session.user_agent ?? "",
    isExtra: true,
  },
];

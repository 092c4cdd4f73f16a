/**
 * The columns of events.
 *
 * @module
 */

import type { EventRow } from "../../calls/shapes.ts";
import { TimeText } from "../../parts/time_text.tsx";
import type { Column } from "../../table/column.ts";
import { ActionName } from "./action_name.tsx";
import { actorWords } from "./actor_words.ts";
import { detailLine } from "./detail_line.ts";

/** All of them. */
export const EVENT_COLUMNS: readonly Column<EventRow>[] = [
  {
    id: "at",
    label: "When",
    width: "9rem",
    text: (event) => event.at,
    cell: (event) => <TimeText at={event.at} />,
  },
  {
    id: "action",
    label: "What",
    width: "minmax(12.5rem, 1.2fr)",
    text: (event) => event.action,
    cell: (event) => <ActionName event={event} />,
    term: (event) => ({ field: "action", value: event.action }),
  },
  {
    id: "user",
    label: "About",
    width: "minmax(7rem, 0.8fr)",
    text: (event) => event.user?.username ?? "",
    cell: (event) => <strong>{event.user?.username ?? ""}</strong>,
    term: (event) =>
      event.user === null ? null : { field: "user", value: event.user.username ?? event.user.id },
  },
  {
    id: "actor",
    label: "By",
    width: "minmax(7rem, 0.8fr)",
    text: actorWords,
  },
  {
    id: "ip",
    label: "From",
    width: "minmax(8rem, 0.8fr)",
    text: (event) => event.ip ?? "",
    cell: (event) => <span className="pt-mono">{event.ip}</span>,
    term: (event) => (event.ip === null ? null : { field: "ip", value: event.ip }),
  },
  {
    id: "details",
    label: "Details",
    width: "minmax(12rem, 2fr)",
    text: (event) => detailLine(event.details),
    cell: (event) => <span className="pt-dim">{detailLine(event.details)}</span>,
  },
  {
    id: "success",
    label: "Done",
    width: "5rem",
    text: (event) => String(event.success),
    term: (event) => ({ field: "success", value: String(event.success) }),
    isExtra: true,
  },
  {
    id: "agent",
    label: "User agent",
    width: "minmax(14rem, 2fr)",
    text: (event) => event.user_agent ?? "",
    isExtra: true,
  },
  {
    id: "request",
    label: "Request",
    width: "minmax(10rem, 1fr)",
    text: (event) => event.request_id,
    cell: (event) => <span className="pt-mono">{event.request_id}</span>,
    isExtra: true,
  },
  { id: "id", label: "Position", width: "6rem", text: (event) => event.id, isExtra: true },
];

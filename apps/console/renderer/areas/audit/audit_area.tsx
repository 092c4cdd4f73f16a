/**
 * The area of events.
 *
 * @module
 */

import { Button } from "@mantine/core";
import { Icon } from "@postern/ui";
import { api } from "../../calls/api.ts";
import type { EventRow } from "../../calls/shapes.ts";
import { placeOf } from "../../route/address.ts";
import { goTo, useAddress } from "../../route/use_address.ts";
import { hindranceOf } from "../../state/use_may.ts";
import { ListArea } from "../../table/list_area.tsx";
import type { ListSpec } from "../../table/list_spec.ts";
import { openBlockAddress } from "../limits/block_address_dialog.tsx";
import { openChainCheck } from "./chain_check_dialog.tsx";
import { EVENT_COLUMNS } from "./event_columns.tsx";
import { EventPanel } from "./event_panel.tsx";
import { openExport } from "./export_dialog.tsx";
import { fetchEventFacets } from "./fetch_event_facets.ts";

const SPEC: ListSpec<EventRow> = {
  area: "audit",
  title: "Events",
  noun: ["event", "events"],
  fields: ["user", "ip", "action", "success", "since", "until"],
  fetchPage: (query, cursor) =>
    api.audit.list.query({ query, ...(cursor === undefined ? {} : { cursor }) }),
  columns: EVENT_COLUMNS,
  rowId: (event) => event.id,
  rowLabel: (event) => `event ${event.id}, ${event.action}`,
  views: [
    { name: "All", query: "" },
    { name: "Failed sign-ins", query: "action:failed_login since:24h" },
    { name: "Over a limit", query: "action:rate_limited since:24h" },
    { name: "Refused", query: "success:false since:24h" },
    { name: "Administrators", query: "admin since:7d" },
  ],
  rowActions: (event, state) => {
    const { ip, user } = event;
    return [
      ...(ip === null
        ? []
        : [
            {
              kind: "item" as const,
              label: `Block ${ip}…`,
              tone: "danger" as const,
              hindrance: hindranceOf(state, "limits.edit"),
              run: () => openBlockAddress(ip),
            },
          ]),
      ...(user === null
        ? []
        : [
            {
              kind: "item" as const,
              label: `Show ${user.username ?? user.id}`,
              run: () => goTo(placeOf("users", "", user.id)),
            },
          ]),
    ];
  },
  bulk: [],
  facets: fetchEventFacets,
  follow: (query, after, onRows) =>
    api.audit.tail.subscribe(
      { query, ...(after === null ? {} : { after }) },
      { onData: ({ data }) => onRows(data.items.toReversed()) },
    ),
  empty: {
    icon: "list",
    title: "No events yet",
    words: "Everything that anybody does leaves one, and none is ever changed.",
  },
  headActions: <AuditActions />,
  Detail: EventPanel,
};

/** Draws it. */
export function AuditArea() {
  return <ListArea spec={SPEC} />;
}

function AuditActions() {
  const { query } = useAddress();
  return (
    <>
      <Button
        size="sm"
        variant="default"
        leftSection={<Icon name="shield" size={15} />}
        onClick={openChainCheck}
      >
        Check the chain
      </Button>
      <Button
        size="sm"
        variant="default"
        leftSection={<Icon name="download" size={15} />}
        onClick={() => openExport(query)}
      >
        Export…
      </Button>
    </>
  );
}

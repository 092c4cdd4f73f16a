/**
 * The area of users.
 *
 * @module
 */

import { Button } from "@mantine/core";
import { api } from "../../calls/api.ts";
import type { UserRow } from "../../calls/shapes.ts";
import { useHindrance } from "../../state/use_may.ts";
import { ListArea } from "../../table/list_area.tsx";
import type { ListSpec } from "../../table/list_spec.ts";
import { openInvite } from "./account_dialogs.tsx";
import { fetchUserFacets } from "./fetch_user_facets.ts";
import { fetchUsers } from "./fetch_users.ts";
import { USER_BULK } from "./user_bulk.tsx";
import { USER_COLUMNS } from "./user_columns.tsx";
import { userItems } from "./user_items.ts";
import { UserPanel } from "./user_panel.tsx";

const SPEC: ListSpec<UserRow> = {
  area: "users",
  title: "Users",
  noun: ["user", "users"],
  fields: ["user", "role", "state", "since", "until"],
  fetchPage: fetchUsers,
  columns: USER_COLUMNS,
  rowId: (user) => user.id,
  rowLabel: (user) => user.username,
  views: [
    { name: "Everybody", query: "" },
    { name: "Blocked", query: "state:blocked" },
    { name: "Unverified", query: "state:unverified" },
    { name: "New this week", query: "since:7d" },
    { name: "Owners", query: "role:owner" },
  ],
  rowActions: userItems,
  bulk: USER_BULK,
  facets: fetchUserFacets,
  followPage: (query, onPage) =>
    api.users.live.subscribe({ query }, { onData: ({ data }) => onPage(data) }),
  empty: {
    icon: "person",
    title: "Nobody has an account yet",
    words: "As soon as somebody signs up and confirms the address, they are here.",
  },
  headActions: <InviteButton />,
  Detail: UserPanel,
};

/** Draws it. */
export function UsersArea() {
  return <ListArea spec={SPEC} />;
}

function InviteButton() {
  const hindrance = useHindrance("users.invite");
  return (
    <Button
      size="sm"
      disabled={hindrance !== null}
      title={hindrance ?? undefined}
      onClick={openInvite}
    >
      Invite…
    </Button>
  );
}

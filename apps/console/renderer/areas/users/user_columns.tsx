/**
 * The columns of users.
 *
 * @module
 */

import type { UserRow } from "../../calls/shapes.ts";
import { Tag, type Tone } from "../../parts/tag.tsx";
import { TimeText } from "../../parts/time_text.tsx";
import type { Column } from "../../table/column.ts";

const TONES: Readonly<Record<UserRow["state"], Tone>> = {
  active: "good",
  blocked: "bad",
  unverified: "warning",
};

/** Shows a user's state. */
export function StateTag({ state }: Pick<UserRow, "state">) {
  return <Tag tone={TONES[state]}>{state}</Tag>;
}

/** All of them. */
export const USER_COLUMNS: readonly Column<UserRow>[] = [
  {
    id: "username",
    label: "Username",
    width: "minmax(9rem, 1fr)",
    text: (user) => user.username,
    cell: (user) => <strong>{user.username}</strong>,
    term: (user) => ({ field: "user", value: user.username }),
  },
  {
    id: "email",
    label: "Email",
    width: "minmax(12rem, 1.6fr)",
    text: (user) => user.email,
  },
  {
    id: "state",
    label: "State",
    width: "7rem",
    text: (user) => user.state,
    cell: (user) => <StateTag state={user.state} />,
    term: (user) => ({ field: "state", value: user.state }),
  },
  {
    id: "role",
    label: "Role",
    width: "6.5rem",
    text: (user) => user.role ?? "",
    cell: (user) => (user.role === null ? null : <Tag>{user.role}</Tag>),
    term: (user) => ({ field: "role", value: user.role ?? "none" }),
  },
  {
    id: "reason",
    label: "Blocked because",
    width: "minmax(9rem, 1fr)",
    text: (user) => user.block_reason ?? "",
  },
  {
    id: "created",
    label: "Since",
    width: "10rem",
    text: (user) => user.created_at,
    cell: (user) => <TimeText at={user.created_at} />,
  },
  {
    id: "name",
    label: "Name",
    width: "minmax(8rem, 1fr)",
    text: (user) => user.name ?? "",
    isExtra: true,
  },
  { id: "id", label: "Id", width: "6rem", text: (user) => user.id, isExtra: true },
];

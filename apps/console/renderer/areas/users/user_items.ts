/**
 * The lines of a user's menu.
 *
 * @module
 */

import type { ConsoleState } from "../../../ipc/bridge.ts";
import type { UserRow } from "../../calls/shapes.ts";
import type { MenuItem } from "../../parts/menus.tsx";
import { termText } from "../../query/query_text.ts";
import { placeOf } from "../../route/address.ts";
import { goTo } from "../../route/use_address.ts";
import { hindranceOf } from "../../state/use_may.ts";
import { openDeleteUser, openRequirePasswordChange, openSendReset } from "./account_dialogs.tsx";
import { unblockUser } from "./user_acts.ts";
import { openBlockUser, openSetRole, openSignOutUser } from "./user_dialogs.tsx";

/** What can be done with a user, and where else there is something of it. */
export function userItems(user: UserRow, state: ConsoleState): readonly MenuItem[] {
  const term = termText({ field: "user", value: user.username });
  const block: MenuItem =
    user.state === "blocked"
      ? {
          kind: "item",
          label: "Let in again",
          hindrance: blockHindrance(user, state),
          run: () => void unblockUser(user),
        }
      : {
          kind: "item",
          label: "Block…",
          tone: "danger",
          hindrance: blockHindrance(user, state),
          run: () => openBlockUser(user),
        };
  return [
    block,
    {
      kind: "item",
      label: "End every session…",
      tone: "danger",
      hindrance: hindranceOf(state, "users.sign_out"),
      run: () => openSignOutUser(user),
    },
    {
      kind: "item",
      label: "Role…",
      hindrance: hindranceOf(state, "users.set_role"),
      run: () => openSetRole(user),
    },
    ...accountItems(user, state),
    { kind: "heading", label: "Go to" },
    { kind: "item", label: "Sessions", run: () => goTo(placeOf("sessions", term)) },
    { kind: "item", label: "Events", run: () => goTo(placeOf("audit", term)) },
  ];
}

function accountItems(user: UserRow, state: ConsoleState): readonly MenuItem[] {
  return [
    { kind: "heading", label: "Account" },
    {
      kind: "item",
      label: "Ask for another password…",
      hindrance:
        hindranceOf(state, "users.require_password_change") ??
        (user.has_password ? null : "There is no password to change"),
      run: () => openRequirePasswordChange(user),
    },
    {
      kind: "item",
      label: "Send a link that sets a password…",
      hindrance: hindranceOf(state, "users.send_reset"),
      run: () => openSendReset(user),
    },
    {
      kind: "item",
      label: "Delete…",
      tone: "danger",
      hindrance: hindranceOf(state, "users.delete"),
      run: () => openDeleteUser(user),
    },
  ];
}

/** Why a user cannot be blocked or let in by whoever is signed in; the server judges by the same rules. */
export function blockHindrance(user: Pick<UserRow, "role">, state: ConsoleState): string | null {
  const role = state.session?.role;
  if (role === "support" && user.role !== null) return "Support blocks no administrators";
  if (role === "security" && user.role === "owner") return "Only owners block owners";
  return hindranceOf(state, "users.block");
}

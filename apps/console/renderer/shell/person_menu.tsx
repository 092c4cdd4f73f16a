/**
 * Who is signed in, what they like, and the way out.
 *
 * @module
 */

import { Icon } from "@postern/ui";
import type { Theme } from "../../ipc/bridge.ts";
import { bridge } from "../calls/api.ts";
import { openNoticeRules } from "../notices/notice_rules_dialog.tsx";
import { below, type MenuItem, openMenu } from "../parts/menus.tsx";
import { useConsole } from "../state/console_state.ts";
import { openHelp } from "./open_help.tsx";

const THEMES: readonly (readonly [Theme, string])[] = [
  ["system", "Colours of the system"],
  ["light", "Light"],
  ["dark", "Dark"],
];

/** Draws the name; it opens the menu. */
export function PersonMenu() {
  const { session, theme } = useConsole();
  if (session === null) return null;
  const items: readonly MenuItem[] = [
    { kind: "heading", label: `${session.username}, ${session.role ?? "no role"}` },
    { kind: "item", label: "Keys", hint: "?", run: openHelp },
    { kind: "item", label: "Notifications…", run: openNoticeRules },
    ...THEMES.map(
      ([one, label]): MenuItem => ({
        kind: "item",
        label,
        isChecked: one === theme,
        run: () => void bridge.setTheme(one),
      }),
    ),
    { kind: "item", label: "Sign out", run: () => void bridge.signOut() },
  ];
  return (
    <button
      type="button"
      className="co-person"
      aria-haspopup="menu"
      aria-label={`${session.username}, ${session.role ?? "no role"}. Menu`}
      onClick={(event) => openMenu("You", below(event.currentTarget), items)}
    >
      <Icon name="person" size={16} />
      <span className="co-person-name">{session.username}</span>
    </button>
  );
}

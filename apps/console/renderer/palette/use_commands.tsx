/**
 * All that the palette can do where one is now: areas, commands, servers, and users by their names.
 *
 * @module
 */

import type { Permission } from "@postern/wire";
import { useQuery } from "@tanstack/react-query";
import type { ConsoleState } from "../../ipc/bridge.ts";
import { openChainCheck } from "../areas/audit/chain_check_dialog.tsx";
import { openExport } from "../areas/audit/export_dialog.tsx";
import { openBlockAddress } from "../areas/limits/block_address_dialog.tsx";
import { openRotate } from "../areas/secrets/rotate_dialog.tsx";
import { openInvite } from "../areas/users/account_dialogs.tsx";
import { api, bridge } from "../calls/api.ts";
import { openNoticeRules } from "../notices/notice_rules_dialog.tsx";
import { useZone } from "../parts/time_text.tsx";
import { termText } from "../query/query_text.ts";
import { type Address, placeOf } from "../route/address.ts";
import { AREAS, areaOf } from "../route/area_list.ts";
import { placeIn } from "../route/place_in.ts";
import { goTo } from "../route/use_address.ts";
import { openHelp } from "../shell/open_help.tsx";
import { openProfileForm } from "../shell/profile_switcher.tsx";
import { useConsole } from "../state/console_state.ts";
import { hindranceOf, isPermitted } from "../state/use_may.ts";
import type { Command } from "./command.ts";

/** Most users that are shown. */
const USERS_MAX = 6;

/** Commands that are there whatever is typed. */
export function useFixedCommands(): readonly Command[] {
  const state = useConsole();
  const [zone, setZone] = useZone();
  const isUtc = zone === "utc";
  const isDark = state.theme === "dark";
  return [
    ...areaCommands(state),
    ...actCommands(state),
    ...serverCommands(state),
    does(isUtc ? "Show local times" : "Show times in UTC", "clock zone", () =>
      setZone(isUtc ? "local" : "utc"),
    ),
    does(
      isDark ? "Light colours" : "Dark colours",
      "theme",
      () => void bridge.setTheme(isDark ? "light" : "dark"),
    ),
    does("Keys", "help shortcuts", openHelp),
    does("Notifications…", "rules desktop alerts", openNoticeRules),
    does("Sign out of this server", "leave", () => void bridge.signOut()),
  ];
}

function areaCommands(state: ConsoleState): readonly Command[] {
  return AREAS.filter((area) => isPermitted(state, area.permission)).map((area) => ({
    id: `area ${area.id}`,
    label: area.label,
    about: `go to ${area.about}`,
    hint: `g ${area.jump}`,
    icon: area.icon,
    run: () => goTo(placeOf(area.id)),
  }));
}

/** What is done on the server, as far as whoever is signed in may. */
function actCommands(state: ConsoleState): readonly Command[] {
  const all: readonly (readonly [Permission, Command])[] = [
    ["users.invite", does("Invite somebody…", "user new account mail", openInvite)],
    [
      "limits.edit",
      does("Block an address…", "ip cidr range shut out", () => openBlockAddress("")),
    ],
    ["secrets.rotate", does("Rotate the signing key…", "secrets", () => openRotate("signing"))],
    ["audit.read", does("Check the chain of events", "audit verify", openChainCheck)],
    ["audit.read", does("Export events…", "audit csv json", () => openExport(""))],
    [
      "audit.read",
      does("Failed sign-ins of the last hour", "attack events", () =>
        goTo(placeOf("audit", "action:failed_login since:1h")),
      ),
    ],
    [
      "audit.read",
      does("What administrators did today", "audit changes", () =>
        goTo(placeOf("audit", "admin since:24h")),
      ),
    ],
  ];
  return all
    .filter(([permission]) => hindranceOf(state, permission) === null)
    .map(([, command]) => command);
}

function serverCommands({ profiles, currentId, readOnly }: ConsoleState): readonly Command[] {
  const isProduction = profiles.find(({ id }) => id === currentId)?.production === true;
  const lock = does(
    readOnly ? "Allow changes" : "Make it read-only",
    "writable lock",
    () => void bridge.setWritable(readOnly),
  );
  const others = profiles.filter(({ id }) => id !== currentId);
  return [
    ...(isProduction ? [lock] : []),
    ...others.map(({ id, name }) =>
      does(`Switch to ${name}`, "server profile", () => void bridge.openProfile(id)),
    ),
    does("Add a server…", "profile", () => openProfileForm(null)),
  ];
}

/** Users whose name or address has what is typed, and searches for it. */
export function useFoundCommands(typed: string): readonly Command[] {
  const state = useConsole();
  const text = typed.trim();
  const { data } = useQuery({
    queryKey: ["users", "palette", text],
    queryFn: () =>
      api.users.list.query({ query: termText({ field: "user", value: text }), limit: USERS_MAX }),
    enabled: text !== "" && isPermitted(state, "users.read"),
    staleTime: 10_000,
  });
  if (text === "") return [];
  const users = (data?.items ?? []).map(
    (user): Command => ({
      id: `user ${user.id}`,
      label: user.username,
      about: `${user.email} ${text}`,
      hint: [user.email, user.state === "active" ? "" : user.state].filter(Boolean).join(" · "),
      icon: "person",
      run: () => goTo(placeOf("users", "", user.id)),
    }),
  );
  return [
    ...users,
    ...(looksLikeAddress(text) ? addressCommands(text) : []),
    ...placeCommands(state, text),
  ];
}

/** Places that are named by their number, id or link. */
function placeCommands(state: ConsoleState, text: string): readonly Command[] {
  const place = placeIn(text);
  if (place === null || !isPermitted(state, areaOf(place.area).permission)) return [];
  const words = placeWords(place);
  return [{ ...does(words, text, () => goTo(place)), icon: areaOf(place.area).icon }];
}

function placeWords(place: Address): string {
  const { label } = areaOf(place.area);
  if (place.open === null) return `Go to ${label}${place.query === "" ? "" : `: ${place.query}`}`;
  const noun = place.area === "audit" ? "event" : label.toLowerCase().replace(/s$/, "");
  return `Open ${noun} ${place.open}`;
}

function addressCommands(ip: string): readonly Command[] {
  const term = termText({ field: "ip", value: ip });
  return [
    { ...does(`Events from ${ip}`, ip, () => goTo(placeOf("audit", term))), icon: "list" },
    { ...does(`Sessions from ${ip}`, ip, () => goTo(placeOf("sessions", term))), icon: "desktop" },
    { ...does(`Block ${ip}…`, ip, () => openBlockAddress(ip)), icon: "shield" },
  ];
}

function looksLikeAddress(text: string): boolean {
  return /^(\d{1,3}(\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f:.]+)(\/\d{1,3})?$/i.test(text);
}

function does(label: string, about: string, run: () => void): Command {
  return { id: `do ${label}`, label, about, hint: "", icon: "arrow", run };
}

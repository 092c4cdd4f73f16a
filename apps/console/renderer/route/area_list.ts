/**
 * The areas of the console, in the order in which they are shown.
 *
 * @module
 */

import type { IconName } from "@postern/ui";
import type { Permission } from "@postern/wire";

/** What an area says of itself. */
export interface Area {
  readonly id: AreaId;
  readonly label: string;
  /** The second key of `g`. */
  readonly jump: string;
  /** What its first question needs. */
  readonly permission: Permission;
  readonly icon: IconName;
  /** What is found there, for the palette. */
  readonly about: string;
}

/** Name of an area, as it stands in the address. */
export type AreaId =
  | "home"
  | "users"
  | "sessions"
  | "audit"
  | "limits"
  | "providers"
  | "secrets"
  | "settings";

/** All areas. */
export const AREAS: readonly Area[] = [
  {
    id: "home",
    label: "Home",
    jump: "h",
    permission: "overview.read",
    icon: "home",
    about: "health attack overview what needs me",
  },
  {
    id: "users",
    label: "Users",
    jump: "u",
    permission: "users.read",
    icon: "person",
    about: "accounts people block role",
  },
  {
    id: "sessions",
    label: "Sessions",
    jump: "s",
    permission: "sessions.read",
    icon: "desktop",
    about: "devices signed in end",
  },
  {
    id: "audit",
    label: "Events",
    jump: "e",
    permission: "audit.read",
    icon: "list",
    about: "audit log history export chain",
  },
  {
    id: "limits",
    label: "Limits",
    jump: "l",
    permission: "limits.read",
    icon: "gauge",
    about: "rates blocked addresses",
  },
  {
    id: "providers",
    label: "Providers",
    jump: "p",
    permission: "providers.read",
    icon: "link",
    about: "google github openid",
  },
  {
    id: "secrets",
    label: "Secrets",
    jump: "k",
    permission: "secrets.read",
    icon: "key",
    about: "keys rings rotate compromise",
  },
  {
    id: "settings",
    label: "Settings",
    jump: "t",
    permission: "settings.read",
    icon: "sliders",
    about: "environment policy",
  },
];

/** Finds an area; an unknown name is the home. */
export function areaOf(id: string): Area {
  const [home] = AREAS;
  const found = AREAS.find((area) => area.id === id) ?? home;
  if (found === undefined) throw new TypeError("Cannot find an area: there are none");
  return found;
}

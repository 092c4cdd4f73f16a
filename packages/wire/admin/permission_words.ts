/**
 * What a role permits, in words for the person who is asked to hand it to a console.
 *
 * Made of the table of permissions, so that the two cannot differ.
 *
 * @module
 */

import { type AdminRole, PERMISSIONS } from "./permissions.ts";

/** What may be done in one area. */
export interface AreaWords {
  readonly area: string;
  readonly may: readonly string[];
}

const AREAS: Readonly<Record<string, string>> = { audit: "Audit log" };

const VERBS: Readonly<Record<string, string>> = {
  read: "see",
  block: "block and unblock",
  end_matching: "end all that match",
  set_role: "give and take roles",
};

/** Words for a role, by area in the order of the table. */
export function permissionWords(role: AdminRole): readonly AreaWords[] {
  const areas = new Map<string, string[]>();
  for (const permission of PERMISSIONS[role]) {
    const [area = "", verb = ""] = permission.split(".");
    const may = areas.get(area) ?? [];
    may.push(VERBS[verb] ?? verb.replaceAll("_", " "));
    areas.set(area, may);
  }
  return [...areas].map(([area, may]) => ({ area: AREAS[area] ?? capitalized(area), may }));
}

function capitalized(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1).replaceAll("_", " ")}`;
}

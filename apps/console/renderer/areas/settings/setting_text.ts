/**
 * A setting's value as text.
 *
 * @module
 */

import type { SettingRow } from "../../calls/shapes.ts";

/** Writes it; what is not set is said so. */
export function settingText(value: SettingRow["value"]): string {
  if (value === null || value === "") return "not set";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(String).join(", ");
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

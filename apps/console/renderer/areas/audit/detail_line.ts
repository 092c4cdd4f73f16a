/**
 * The details of an event in one line, and before and after side by side.
 *
 * @module
 */

import type { EventRow } from "../../calls/shapes.ts";

type Details = EventRow["details"];
type Detail = Details[string];

/** Writes details as a line: names and values. */
export function detailLine(details: Details): string {
  return Object.entries(details)
    .map(([name, value]) => `${name.replaceAll("_", " ")} ${valueText(value)}`)
    .join(", ");
}

/** Writes one value. */
export function valueText(value: Detail | undefined): string {
  if (value === undefined || value === null) return "none";
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(valueText).join(", ");
  if (typeof value !== "object") return String(value);
  return Object.entries(value)
    .map(([name, inner]) => `${name.replaceAll("_", " ")}: ${valueText(inner)}`)
    .join(", ");
}

/** One thing that an event changed. */
export interface Change {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly isChanged: boolean;
}

/** Finds what an event changed: `before` and `after`, or fields of `{ from, to }`. */
export function changesOf(details: Details): readonly Change[] {
  const { before, after } = details;
  if (isRecord(before) || isRecord(after)) {
    const [old, next] = [isRecord(before) ? before : {}, isRecord(after) ? after : {}];
    const names = [...new Set([...Object.keys(old), ...Object.keys(next)])];
    return names.map((name) =>
      changeOf(name, old[name], after === undefined ? details[name] : next[name]),
    );
  }
  if (before !== undefined || after !== undefined) return [changeOf("value", before, after)];
  return Object.entries(details).flatMap(([name, value]) =>
    isRecord(value) && "from" in value && "to" in value
      ? [changeOf(name, value["from"], value["to"])]
      : [],
  );
}

function changeOf(name: string, before: Detail | undefined, after: Detail | undefined): Change {
  const [old, next] = [valueText(before), valueText(after)];
  return { name: name.replaceAll("_", " "), before: old, after: next, isChanged: old !== next };
}

function isRecord(value: Detail | undefined): value is { [name: string]: Detail } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * What happened to key rings, in sentences.
 *
 * @module
 */

import type { EventRow } from "../../calls/shapes.ts";
import { RINGS, ringOf } from "./ring_words.ts";

/** Actions that are of the history of rotations. */
export const ROTATION_ACTIONS = [
  "admin.secrets.rotate",
  "admin.secrets.compromise",
  "admin.secrets.retire",
  "admin.secrets.schedule",
  "admin.secrets.drop",
] as const;

/** Says what an event tells. */
export function rotationWords({
  action,
  success,
  details,
}: Pick<EventRow, "action" | "success" | "details">): string {
  const ring = titleOf(details["ring"]);
  if (!success) return `${ring}: refused, ${textOf(details["reason"])}`;
  switch (action) {
    case "admin.secrets.rotate":
      if (details["first"] === true) return "The first keys were made";
      return `${ring}: ${textOf(details["current"])} came into use, nobody was signed out`;
    case "admin.secrets.compromise":
      return `${ring}: a key was dropped as compromised${endsWords(details["ends"])}`;
    case "admin.secrets.retire":
      return `${ring}: ${textOf(details["key"])} retired, nothing hung on it any more`;
    case "admin.secrets.schedule":
      return `${ring}: ${scheduleWords(numberOf(details["after"]))}`;
    default:
      return `${countOf(details["rows"])} sealed texts did not open, and were dropped`;
  }
}

/** Says how often a ring is rotated by itself. */
export function scheduleWords(everyDays: number | null): string {
  if (everyDays === null || everyDays === 0) return "rotated by hand";
  return everyDays === 1 ? "rotated every day" : `rotated every ${everyDays} days`;
}

type Detail = EventRow["details"][string] | undefined;

function endsWords(ends: Detail): string {
  if (typeof ends !== "object" || ends === null || Array.isArray(ends)) return "";
  return `; ${numberOf(ends["sessions"]) ?? 0} sessions and ${numberOf(ends["tokens"]) ?? 0} tokens ended`;
}

function titleOf(ring: Detail): string {
  const name = ringOf(textOf(ring));
  return name === undefined ? "A ring" : RINGS[name].title;
}

function textOf(value: Detail): string {
  return typeof value === "string" ? value : "";
}

function numberOf(value: Detail): number | null {
  return typeof value === "number" ? value : null;
}

function countOf(value: Detail): number {
  return Array.isArray(value) ? value.length : 0;
}

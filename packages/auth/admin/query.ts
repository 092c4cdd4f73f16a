/**
 * The language of administrators' searches: words, and `field:value` terms that all must hold.
 *
 * Pure: callers pass `now`, from which spans such as `2h` count back.
 *
 * @module
 */

import {
  before,
  days,
  type EpochMs,
  err,
  hours,
  minutes,
  ok,
  parseTime,
  type Result,
} from "@postern/std";
import { ACTIONS } from "../events/actions.ts";
import type { Role } from "../users/user.ts";
import { type AddressRange, parseRange } from "./address_range.ts";

/** What a query asks for. What is left out does not matter. */
export interface Query {
  /** Words beside the terms, in one text; empty where there are none. */
  readonly words: string;
  readonly user?: string;
  readonly ip?: { readonly text: string; readonly range: AddressRange };
  readonly action?: string;
  readonly role?: Role | "none";
  readonly state?: UserState;
  readonly provider?: string;
  readonly device?: string;
  readonly success?: boolean;
  /** From then on. */
  readonly since?: EpochMs;
  /** Before then. */
  readonly until?: EpochMs;
}

/** A user's state, in a word. */
export type UserState = (typeof STATES)[number];

/** Why a query cannot be read, for the person who typed it. */
export interface QueryError {
  readonly code: "invalid_request";
  readonly detail: string;
}

/** A field of a query. */
export type QueryField = Exclude<keyof Query, "words">;

/** Longest query, characters. */
const QUERY_MAX_LENGTH = 500;

const FIELDS: readonly QueryField[] = [
  "user",
  "ip",
  "action",
  "role",
  "state",
  "provider",
  "device",
  "success",
  "since",
  "until",
];

const PARTS = /([a-z_]+):(?:"([^"]*)"|(\S*))|"([^"]*)"|(\S+)/gi;
const SPAN = /^([1-9]\d{0,5})(m|h|d)$/;
const UNIT_MS = { m: minutes(1), h: hours(1), d: days(1) } as const;
const STATES = ["active", "blocked", "unverified"] as const;
const ROLES: readonly string[] = ["owner", "security", "support", "auditor", "none"];

/**
 * Reads a query.
 *
 * @param fields Those that this list knows; another is refused by name.
 */
export function parseQuery(
  text: string,
  now: EpochMs,
  fields: readonly QueryField[] = FIELDS,
): Result<Query, QueryError> {
  if (text.length > QUERY_MAX_LENGTH)
    return refuseQuery(`Give at most ${QUERY_MAX_LENGTH} characters`);
  // The search index takes a NUL for the end of what it is asked. Tabs and ends of lines come by pasting.
  if (/[^\P{Cc}\s]/u.test(text)) return refuseQuery("Give no control characters");
  const words: string[] = [];
  const terms: Partial<Record<QueryField, unknown>> = {};
  for (const part of text.trim().matchAll(PARTS)) {
    const [whole, name, quoted, bare, quotedWord, word] = part;
    if (name === undefined) {
      words.push(quotedWord ?? word ?? whole);
      continue;
    }
    const field = fields.find((one) => one === name.toLowerCase());
    if (field === undefined) {
      return refuseQuery(`There is no field ${name} here; known are ${fields.join(", ")}`);
    }
    if (terms[field] !== undefined) return refuseQuery(`Give ${field} once`);
    const read = readTerm(field, quoted ?? bare ?? "", now);
    if (!read.ok) return read;
    terms[field] = read.value;
  }
  return ok({ ...terms, words: words.join(" ") } as Query);
}

function readTerm(field: QueryField, value: string, now: EpochMs): Result<unknown, QueryError> {
  if (value === "") return refuseQuery(`Give ${field} a value`);
  switch (field) {
    case "user":
    case "provider":
    case "device":
      return ok(value.toLowerCase());
    case "action":
      return readOneOf(field, value, ACTIONS);
    case "state":
      return readOneOf(field, value, STATES);
    case "role":
      return readOneOf(field, value, ROLES);
    case "ip":
      return readAddress(value);
    case "success":
      return value === "true" || value === "false"
        ? ok(value === "true")
        : refuseQuery("success is true or false");
    case "since":
    case "until":
      return readMoment(field, value, now);
  }
}

/** A value that nothing can have is a slip of the pen; an empty list would look like an answer. */
function readOneOf(
  field: QueryField,
  given: string,
  known: readonly string[],
): Result<string, QueryError> {
  const value = given.toLowerCase();
  return known.includes(value) ? ok(value) : refuseQuery(`${field} is one of ${known.join(", ")}`);
}

function readAddress(text: string): Result<Query["ip"], QueryError> {
  const range = parseRange(text);
  return range === undefined
    ? refuseQuery(`${text} is neither an address nor a range such as 10.0.0.0/8`)
    : ok({ text: text.toLowerCase(), range });
}

function readMoment(field: string, value: string, now: EpochMs): Result<EpochMs, QueryError> {
  const span = SPAN.exec(value);
  if (span !== null) {
    const unit = span[2] as keyof typeof UNIT_MS;
    return ok(before(now, Number(span[1]) * UNIT_MS[unit]));
  }
  const moment = parseTime(value.toUpperCase());
  return moment === undefined
    ? refuseQuery(`${field} is a time such as 2026-01-31T12:00Z, or a span such as 30m, 2h or 7d`)
    : ok(moment);
}

/** Refuses a query, in words for the person who typed it. */
export function refuseQuery(detail: string): Result<never, QueryError> {
  return err({ code: "invalid_request", detail });
}

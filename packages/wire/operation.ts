/**
 * One call of the REST interface, described once: the server routes it, clients call it, the
 * description is generated from it.
 *
 * @module
 */

import type { z } from "zod";
import type { ProblemCode } from "./problem.ts";

/**
 * Who may call, and what a call must prove.
 *
 * `public`: anybody; credentials are not looked at. `pair`: anybody who shows the CSRF pair, with or
 * without cookies. `user`: who is signed in. `refresh`: who holds a refresh token. `exempt`: anybody,
 * and no CSRF pair is asked for, since the call does no harm.
 */
export type Access = "public" | "pair" | "user" | "refresh" | "exempt";

/** HTTP method of a call. */
export type Method = "GET" | "POST" | "PATCH" | "PUT" | "DELETE";

/** One call. */
export interface Operation {
  readonly id: string;
  readonly method: Method;
  /** Path with `:name` for parameters, without a trailing slash. */
  readonly path: `/${string}`;
  readonly tag: string;
  readonly summary: string;
  readonly access: Access;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  /** Parameters that are only described: the route reads them by itself, whatever they are. */
  readonly rawQuery?: z.ZodObject;
  readonly body?: z.ZodObject;
  /** How the body is written; JSON, where it is left out. */
  readonly bodyType?: "form";
  /** Media types of a body that the route reads by itself, whatever it holds. */
  readonly rawBody?: readonly string[];
  /** Schema of each good answer by its status; `null` where it has no body. */
  readonly answers: Readonly<Record<number, z.ZodType | null>>;
  /** Media type of good answers; JSON, where it is left out. */
  readonly answerType?: "text/plain" | "text/html";
  /** How a refusal is written; as a problem, where it is left out. */
  readonly refusals?: "oauth";
  /** Codes of its own; those that every call can answer are added by `codesOf`. */
  readonly codes: readonly ProblemCode[];
}

/** Describes a call, keeping its exact types. */
export function defineOperation<const T extends Operation>(operation: T): T {
  return operation;
}

const ALWAYS: readonly ProblemCode[] = [
  "malformed_request",
  "misdirected",
  "https_required",
  "rate_limited",
  "blocked",
  // A body that says it is too large is refused at the gate, also where none is taken.
  "too_large",
  "internal",
];
const WITH_BODY: readonly ProblemCode[] = [
  "invalid_json",
  "invalid_request",
  "unsupported_media_type",
];
const WITH_ACTOR: readonly ProblemCode[] = [
  "unauthenticated",
  "token_expired",
  "session_ended",
  "invalid_token",
];

/** Every code that a call can answer: its own, and those of the guards before it. */
export function codesOf(operation: Operation): readonly ProblemCode[] {
  const codes = new Set<ProblemCode>([...operation.codes, ...ALWAYS]);
  if (operation.body !== undefined) for (const code of WITH_BODY) codes.add(code);
  if (operation.query !== undefined) codes.add("invalid_request");
  if (operation.access === "user") for (const code of WITH_ACTOR) codes.add(code);
  if (operation.method !== "GET" && operation.access !== "exempt") codes.add("csrf_failed");
  return [...codes];
}

/**
 * A route: one call of `wire`, and what it does here.
 *
 * @module
 */

import type { Actor, LimitId, UserActor } from "@postern/auth";
import type { FieldProblem, Operation, ProblemCode } from "@postern/wire";
import type { z } from "zod";
import type { Cookies } from "./cookies.ts";
import type { RequestContext } from "./request_context.ts";
import type { Warm } from "./warm_sessions.ts";

/** A good answer. */
export interface Reply {
  readonly status: number;
  /** JSON; a string is taken as text that is JSON already. `null`: no body. */
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly cookies?: readonly string[] | undefined;
}

/** A refusal: the error of a use case, as it stands. */
export interface Refusal {
  readonly refuse: RefusalError;
  readonly cookies?: readonly string[] | undefined;
}

/** What of an error reaches the caller. */
export interface RefusalError {
  readonly code: ProblemCode;
  readonly detail?: string;
  readonly errors?: readonly FieldProblem[];
  readonly retryAfterMs?: number;
  /** Id of the limit that was reached. */
  readonly limit?: LimitId;
}

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;

/** A call that passed every guard. */
export interface Call<O extends Operation> {
  readonly context: RequestContext;
  readonly cookies: Cookies;
  readonly actor: O["access"] extends "user" ? UserActor : Actor;
  /** What is remembered of the caller's session; only where the operation asks for a user. */
  readonly warm: O["access"] extends "user" ? Warm : undefined;
  readonly params: Parsed<O["params"]>;
  readonly query: Parsed<O["query"]>;
  readonly body: Parsed<O["body"]>;
}

/** What a route answers with. */
export type Outcome = Reply | Refusal | Response;

/** A route. */
export interface Route {
  readonly operation: Operation;
  readonly handle: (call: Call<Operation>) => Outcome | Promise<Outcome>;
  /** Shortest time of an answer, milliseconds, given what was sent: where time could tell something. */
  readonly leastMs?: ((body: unknown, isRefused: boolean) => number) | undefined;
}

/** Ties a call to what it does. */
export function route<const O extends Operation>(
  operation: O,
  handle: (call: Call<O>) => Outcome | Promise<Outcome>,
  leastMs?: (body: Parsed<O["body"]>, isRefused: boolean) => number,
): Route {
  return {
    operation,
    handle: handle as unknown as Route["handle"],
    leastMs: leastMs as Route["leastMs"],
  };
}

/** A good answer with a body. */
export function reply(
  status: number,
  body: unknown,
  more: Pick<Reply, "headers" | "cookies"> = {},
): Reply {
  return { status, body, ...more };
}

/** Refuses with the error of a use case. */
export function refuse(error: RefusalError, cookies?: readonly string[]): Refusal {
  return { refuse: error, cookies };
}

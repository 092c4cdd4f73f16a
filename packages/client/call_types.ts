/**
 * The types of each call, read off the operations of `@postern/wire`.
 *
 * Only types: a client that imported the operations themselves would carry every schema into the
 * sign-in page. Method and path are written out in `rest.ts`, and the compiler holds them to these.
 *
 * @module
 */

import type { CHAT_OPERATIONS, OPERATIONS, OperationId } from "@postern/wire";
import type { Answer } from "./answer.ts";

type Operations = typeof OPERATIONS & typeof CHAT_OPERATIONS;
type Parsed<Schema> = Schema extends { parse(data: never): infer Value } ? Value : null;

/** The body that a call takes; `undefined` for one that takes none. */
export type BodyOf<Id extends OperationId> = Operations[Id] extends { readonly body: infer Schema }
  ? Parsed<Schema>
  : undefined;

/** What a call gives when it succeeds; `null` for an answer without a body. */
export type ValueOf<Id extends OperationId> = Parsed<
  Operations[Id]["answers"][Extract<keyof Operations[Id]["answers"], 200 | 201 | 202 | 204>]
>;

/** Fills one kind of parameter into a path, as the type of it. */
type Filled<Path extends string> = Path extends `${infer Start}/:${string}`
  ? `${Start}/${string}`
  : Path | `${Path}?${string}`;

/** A call about to be made. */
export interface Call<Id extends OperationId> {
  readonly method: Operations[Id]["method"];
  readonly path: Filled<Operations[Id]["path"]>;
  readonly body?: BodyOf<Id>;
}

/** Makes a call and comes back with its answer. */
export type MakeCall = <Id extends OperationId>(call: Call<Id>) => Promise<Answer<ValueOf<Id>>>;

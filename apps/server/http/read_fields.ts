/**
 * Reads what a call was sent, by its schemas.
 *
 * What is wrong is told by field; what was sent is never repeated.
 *
 * @module
 */

import { err, ok, type Result } from "@postern/std";
import { type FieldProblem, fieldProblemsOf, type Operation } from "@postern/wire";
import type { z } from "zod";
import { readFormBody } from "./form_body.ts";
import { readJsonBody } from "./json_body.ts";
import type { RefusalError } from "./route.ts";

/** What a call was sent. */
export interface Fields {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

/** Reads parameters, query and body. */
export async function readFields(
  operation: Operation,
  request: Request,
  params: Record<string, string>,
): Promise<Result<Fields, RefusalError>> {
  const query = operation.query === undefined ? undefined : readQuery(operation.query, request.url);
  if (query?.ok === false) return query;
  if (operation.body === undefined) {
    return ok({ params, query: query?.value, body: undefined });
  }
  const json = await readBody(operation, request);
  if (!json.ok) return json;
  const body = parse(operation.body, json.value);
  if (!body.ok) return body;
  return ok({ params, query: query?.value, body: body.value });
}

/** A refresh by cookie needs no body; everything else that takes one must be sent one. */
async function readBody(
  operation: Operation,
  request: Request,
): Promise<Result<Readonly<Record<string, unknown>>, RefusalError>> {
  if (operation.bodyType === "form") return await readFormBody(request);
  const isOptional = operation.access === "refresh";
  if (isOptional && request.body === null) return ok({});
  const isEmpty = request.headers.get("content-length") === "0";
  if (isOptional && isEmpty) return ok({});
  return await readJsonBody(request);
}

function readQuery(schema: z.ZodObject, url: string): Result<unknown, RefusalError> {
  const start = url.indexOf("?");
  const given: Record<string, string> = {};
  const twice: FieldProblem[] = [];
  for (const [name, value] of new URLSearchParams(start < 0 ? "" : url.slice(start))) {
    if (Object.hasOwn(given, name) && Object.hasOwn(schema.shape, name)) {
      twice.push({ path: name, code: "invalid_request", detail: "Give it once" });
    }
    if (Object.hasOwn(schema.shape, name)) given[name] = value;
  }
  if (twice.length > 0) return err({ code: "invalid_request", errors: twice });
  return parse(schema, given);
}

function parse(schema: z.ZodObject, value: unknown): Result<unknown, RefusalError> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  return err({ code: "invalid_request", errors: fieldProblemsOf(parsed.error) });
}

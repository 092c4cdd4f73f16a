/**
 * The door to the procedures of administration: tRPC over HTTP.
 *
 * Reads no cookie, and refuses what a page sends: whatever names an Origin. Who asks is found once
 * for each request, before any of its calls.
 *
 * @see https://trpc.io/docs/rpc (the HTTP RPC specification)
 * @module
 */

import type { UserActor } from "@postern/auth";
import { type AdminDeps, adminRouter } from "@postern/rpc";
import { err, type Result } from "@postern/std";
import { BODY_LIMIT_BYTES, PROBLEMS, type ProblemCode } from "@postern/wire";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { readBodyBytes } from "./body_bytes.ts";
import { isJsonType } from "./json_body.ts";
import type { RefusalError } from "./route.ts";

/** Path of the door. A procedure's path comes after it. */
const ADMIN_PATH = "/admin/trpc";

/** Most calls in one request. */
const BATCH_MAX = 20;

/** Tells where a stream that was cut off goes on. */
const LAST_EVENT_ID = "last-event-id";

/** What the door needs. */
export interface AdminRpcDeps {
  readonly admin: AdminDeps;
  /** Finds who a request's token and proof stand for. */
  readonly authenticate: (request: Request) => Promise<Result<UserActor, RefusalError>>;
  /** Headers of a refusal that passes with time. */
  readonly limitHeaders: (error: RefusalError) => Readonly<Record<string, string>>;
  /** Called with what broke. */
  readonly onError: (cause: unknown) => void;
}

/** Makes what answers requests to the door. */
export function createAdminRpc(deps: AdminRpcDeps): (request: Request) => Promise<Response> {
  return async (request) => {
    const { method, headers } = request;
    if (method !== "GET" && method !== "POST") return refuse("method_not_allowed");
    if (headers.has("origin")) return refuse("forbidden");
    if (method === "GET") return await answer(deps, request, null);
    if (!isJsonType(headers.get("content-type"))) return refuse("unsupported_media_type");
    const body = await readBodyBytes(request, BODY_LIMIT_BYTES);
    if (body.ok) return await answer(deps, request, body.value);
    return refuse(body.error.code === "too_large" ? "too_large" : "invalid_json");
  };
}

async function answer(
  deps: AdminRpcDeps,
  request: Request,
  body: Uint8Array | null,
): Promise<Response> {
  const asker = await deps.authenticate(request);
  const isLimited = !asker.ok && asker.error.code === "rate_limited";
  const limited = isLimited ? deps.limitHeaders(asker.error) : {};
  const { url, method, signal } = request;
  // A copy, since the body of the request was read already. None of its other headers matters.
  const headers = new Headers({ "content-type": "application/json" });
  const lastEventId = request.headers.get(LAST_EVENT_ID);
  if (lastEventId !== null) headers.set(LAST_EVENT_ID, lastEventId);
  const copy = new Request(url, { method, headers, signal, ...(body === null ? {} : { body }) });
  const response = await fetchRequestHandler({
    endpoint: ADMIN_PATH,
    req: copy,
    router: adminRouter,
    maxBatchSize: BATCH_MAX,
    createContext: () => ({
      deps: deps.admin,
      asker: asker.ok ? asker : err({ code: asker.error.code }),
    }),
    onError: ({ error }) => {
      if (error.code === "INTERNAL_SERVER_ERROR") deps.onError(error.cause ?? error);
    },
  });
  for (const [name, value] of Object.entries(limited)) response.headers.set(name, value);
  // A proxy that packs a stream holds it back.
  const isStream = response.headers.get("content-type") === "text/event-stream";
  response.headers.set("cache-control", isStream ? "no-store, no-transform" : "no-store");
  return response;
}

/** Refuses in tRPC's form, before any procedure is looked up. */
function refuse(code: ProblemCode): Response {
  const { status, title } = PROBLEMS[code];
  const error = { code: INVALID_REQUEST, message: title, data: { code, httpStatus: status } };
  const headers: Record<string, string> = { "cache-control": "no-store" };
  if (code === "method_not_allowed") headers["allow"] = "GET, POST";
  return Response.json({ error }, { status, headers });
}

/** "Invalid Request" of JSON-RPC 2.0, section 5.1. */
const INVALID_REQUEST = -32_600;

/**
 * The door to the procedures of administration: tRPC over HTTP.
 *
 * Reads no cookie, and refuses what a page sends: whatever names an Origin. Who asks is found once
 * for each request, before any of its calls.
 *
 * @see https://trpc.io/docs/rpc (the HTTP RPC specification)
 * @module
 */

import type { LimitId, UserActor } from "@postern/auth";
import { type AdminDeps, adminRouter, limitReached } from "@postern/rpc";
import { err, type Result } from "@postern/std";
import { PROBLEMS, type ProblemCode, trpcRefusal } from "@postern/wire";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { ADMIN_PATH } from "./admin_path.ts";
import { DPOP_ALGORITHMS } from "./dpop_proof.ts";
import { readJsonBody } from "./json_body.ts";
import type { RefusalError } from "./route.ts";

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
  /** Notes that a limit of what administrators do was reached. */
  readonly noteLimited: (actor: UserActor, limit: LimitId) => void;
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
    const body = await readJsonBody(request);
    return body.ok
      ? await answer(deps, request, JSON.stringify(body.value))
      : refuse(body.error.code);
  };
}

async function answer(
  deps: AdminRpcDeps,
  request: Request,
  body: string | null,
): Promise<Response> {
  const asker = await deps.authenticate(request);
  const isLimited = !asker.ok && asker.error.code === "rate_limited";
  let limited = isLimited ? deps.limitHeaders(asker.error) : {};
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
      const reached = limitReached(error);
      if (reached !== null && asker.ok) {
        limited = deps.limitHeaders(reached);
        deps.noteLimited(asker.value, reached.limit);
      }
      if (error.code === "INTERNAL_SERVER_ERROR") deps.onError(error.cause ?? error);
    },
  });
  for (const [name, value] of Object.entries(limited)) response.headers.set(name, value);
  if (response.status === UNAUTHORIZED) response.headers.set("www-authenticate", challenge(asker));
  // A proxy that packs a stream holds it back.
  const isStream = response.headers.get("content-type") === "text/event-stream";
  response.headers.set("cache-control", isStream ? "no-store, no-transform" : "no-store");
  return response;
}

/** Refuses in tRPC's form, before any procedure is looked up. */
function refuse(code: ProblemCode): Response {
  const { status, title } = PROBLEMS[code];
  const headers: Record<string, string> = { "cache-control": "no-store" };
  if (code === "method_not_allowed") headers["allow"] = "GET, POST";
  return Response.json(trpcRefusal(code, title), { status, headers });
}

const UNAUTHORIZED = 401;

/** How to ask again. RFC 9449, section 7.1; without credentials no error is named: RFC 6750, section 3.1. */
function challenge(asker: Result<UserActor, RefusalError>): string {
  const algorithms = `DPoP algs="${DPOP_ALGORITHMS.join(" ")}"`;
  const isNothingSent = asker.ok || asker.error.code === "unauthenticated";
  return isNothingSent ? algorithms : `${algorithms}, error="invalid_token"`;
}

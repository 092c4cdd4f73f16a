/**
 * The gate that every request passes before it is routed, and every answer on its way out.
 *
 * Around the router and not a hook of it: a hook that throws would answer 200, and the router must
 * not see a request whose Host could change what it takes for the path.
 *
 * @module
 */

import { BODY_LIMIT_BYTES } from "@postern/wire";
import type { Answers } from "./http/answers.ts";
import type { BlockedAddresses } from "./http/blocked_addresses.ts";
import type { ClientAddress } from "./http/client_address.ts";
import { finishCors, type OriginCheck } from "./http/cors_options.ts";
import type { HostGate } from "./http/host_gate.ts";
import { attachContext, type Listener, RequestContext } from "./http/request_context.ts";

/** What the gate needs. */
export interface GateDeps {
  readonly answers: Answers;
  readonly blocked: Pick<BlockedAddresses, "holds">;
  readonly hostGates: Readonly<Record<Listener, HostGate>>;
  readonly clientAddress: ClientAddress;
  readonly isAllowedOrigin: OriginCheck;
  /** What browsers see; https means that nothing is served over http. */
  readonly publicUrl: string;
  readonly readsForwarded: boolean;
  readonly route: (request: Request) => Response | Promise<Response>;
  readonly onError: (context: RequestContext, error: unknown) => void;
  /** Called with every answer. */
  readonly onAnswer: (context: RequestContext, status: number) => void;
}

/** Answers a request of a listener. `peer` tells the address at the other end of its connection. */
export type Gate = (
  request: Request,
  peer: () => string | undefined,
  listener: Listener,
) => Response | Promise<Response>;

const HEALTH_PATHS: ReadonlySet<string> = new Set(["/healthz", "/readyz"]);

const NOT_FORWARDED = { for: null, proto: null };

/** Makes the gate. */
export function createGate(deps: GateDeps): Gate {
  return (given, peer, listener) => {
    const isHead = given.method === "HEAD";
    const request = isHead ? new Request(given, { method: "GET" }) : given;
    const caller = () =>
      deps.clientAddress(peer(), deps.readsForwarded ? forwardedOf(request) : NOT_FORWARDED);
    const context = new RequestContext(request, { caller, listener });
    attachContext(context);
    const early = refuseEarly(deps, context);
    const answer = early ?? route(deps, context);
    if (answer instanceof Promise) return finishLater(deps, context, { answer, isHead });
    return finish(deps, context, { answer, isHead });
  };
}

function forwardedOf(request: Request) {
  const { headers } = request;
  return { for: headers.get("x-forwarded-for"), proto: headers.get("x-forwarded-proto") };
}

function refuseEarly(deps: GateDeps, context: RequestContext): Response | undefined {
  const { request } = context;
  if (deps.blocked.holds(context)) {
    const detail = "This address is blocked; ask whoever runs this server";
    return deps.answers.problem(context, "blocked", { detail });
  }
  const verdict = deps.hostGates[context.listener](request.headers.get("host"));
  if (verdict === "misdirected") return deps.answers.problem(context, "misdirected");
  if (verdict === "malformed") {
    const detail = "The Host header is missing or malformed";
    return deps.answers.problem(context, "malformed_request", { detail });
  }
  const length = request.method === "GET" ? null : request.headers.get("content-length");
  if (length !== null && Number(length) > BODY_LIMIT_BYTES) {
    return deps.answers.problem(context, "too_large");
  }
  if (!deps.publicUrl.startsWith("https:") || context.caller.isHttps) return undefined;
  return refusePlain(deps, context);
}

/** Where the world outside is https, a page is sent there and a call is refused; health answers as ever. */
function refusePlain(deps: GateDeps, context: RequestContext): Response | undefined {
  const { pathname, search } = new URL(context.request.url);
  const bare = pathname.endsWith("/") ? pathname.slice(0, -1) : pathname;
  if (HEALTH_PATHS.has(bare) || context.listener === "admin") return undefined;
  const isPage = context.request.method === "GET" && (!isCall(pathname) || PAGES.has(bare));
  if (!isPage) return deps.answers.problem(context, "https_required");
  const headers = { Location: `${deps.publicUrl}${pathname}${search}` };
  return deps.answers.raw(context, null, { status: 308, headers });
}

/** Pages where there are else calls. */
const PAGES: ReadonlySet<string> = new Set(["/api/v1/docs", "/oauth/authorize"]);

function isCall(path: string): boolean {
  return /^\/(?:api|oauth|admin|ws|metrics|\.well-known)(?:\/|$)/.test(path);
}

function route(deps: GateDeps, context: RequestContext): Response | Promise<Response> {
  try {
    return deps.route(context.request);
  } catch (error) {
    deps.onError(context, error);
    return deps.answers.problem(context, "internal");
  }
}

/** Consoles are no pages: what is theirs is told to no origin. */
function mayCall(deps: GateDeps, { origin, request }: RequestContext): boolean {
  if (!deps.isAllowedOrigin(origin)) return false;
  // Of every call from elsewhere, so nothing is parsed before there is a reason to.
  return !request.url.includes("/admin/") || !new URL(request.url).pathname.startsWith("/admin/");
}

interface Ending<T> {
  readonly answer: T;
  readonly isHead: boolean;
}

async function finishLater(
  deps: GateDeps,
  context: RequestContext,
  ending: Ending<Promise<Response>>,
): Promise<Response> {
  const { isHead } = ending;
  try {
    return finish(deps, context, { answer: await ending.answer, isHead });
  } catch (error) {
    deps.onError(context, error);
    return finish(deps, context, { answer: deps.answers.problem(context, "internal"), isHead });
  }
}

function finish(deps: GateDeps, context: RequestContext, ending: Ending<Response>): Response {
  const { origin, isComplete } = context;
  const answer = deps.answers.complete(context, ending.answer);
  // Our own answers vary by origin already; looking at their headers once more costs as much as all guards.
  if (origin !== null || !isComplete) {
    finishCors(answer.headers, origin, mayCall(deps, context));
  }
  deps.onAnswer(context, answer.status);
  if (!ending.isHead) return answer;
  return new Response(null, { status: answer.status, headers: answer.headers });
}

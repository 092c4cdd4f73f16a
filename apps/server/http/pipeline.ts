/**
 * The guards that every call passes, in their order, and the answer at the end.
 *
 * cookies, who asks, limits, CSRF, then the fields, then one use case. What a route is handed has
 * passed all of them; a route that is not in `wire` cannot be called.
 *
 * @module
 */

import type { Actor, Limiter, LimitId } from "@postern/auth";
import { err, ok, type Result } from "@postern/std";
import type { Operation } from "@postern/wire";
import { anonymousActor, userActor } from "./actors.ts";
import type { CookieReader, Cookies } from "./cookies.ts";
import { bearsCookies, type CsrfGuardDeps, showsPair } from "./csrf_guard.ts";
import { refuseDoubledCookie } from "./doubled_cookie.ts";
import { type IdentifyDeps, identify } from "./identify.ts";
import { type OutcomeDeps, toResponse } from "./outcome_response.ts";
import { findPairSession } from "./pair_session.ts";
import { type Fields, readFields } from "./read_fields.ts";
import type { RequestContext } from "./request_context.ts";
import type { Call, Outcome, RefusalError, Route } from "./route.ts";
import type { SessionCookies } from "./session_cookies.ts";
import type { Warm } from "./warm_sessions.ts";

/** What the guards need. */
export interface PipelineDeps extends IdentifyDeps, CsrfGuardDeps, OutcomeDeps {
  readonly readCookies: CookieReader;
  readonly limiter: Limiter;
  readonly sessionCookies: Pick<SessionCookies, "slid">;
  /** Notes that a limit was reached. */
  readonly noteLimited: (actor: Actor, refusal: { limit: LimitId; subject: string }) => void;
  /** Tells that a session was used. */
  readonly noteSeen: (warm: Warm) => void;
}

/** Answers one request to one route. */
export type Pipeline = (
  route: Route,
  context: RequestContext,
  params: Record<string, string>,
) => Response | Promise<Response>;

type Step<T> = Result<T, RefusalError>;

/** Who asks, as far as the operation wants to know. */
interface Asker {
  readonly actor: Actor;
  readonly warm: Warm | undefined;
  readonly via: "bearer" | "cookie" | "none";
}

/** Makes the pipeline. */
export function createPipeline(deps: PipelineDeps): Pipeline {
  return (route, context, params) => {
    const { operation } = route;
    context.route = operation.path;
    const read = deps.readCookies(context.request.headers.get("cookie"));
    if (!read.ok) return refuseDoubledCookie(deps.answers, context);
    const cookies = read.value;
    if (operation.access !== "user") {
      const request = { context, cookies, params, identified: undefined, taken: undefined };
      return answerCold(deps, route, request);
    }
    const identified = identify(deps, context.request.headers.get("authorization"), cookies);
    const request: Request = { context, cookies, params, identified, taken: undefined };
    const isPlain = operation.method === "GET" && operation.query === undefined;
    if (identified instanceof Promise || !identified.ok || !isPlain) {
      return answerCold(deps, route, request);
    }
    const { warm } = identified.value;
    if (warm.areCookiesDue) return answerCold(deps, route, request);
    const limited = deps.limiter.take("signed_in", warm.limitKey);
    if (limited instanceof Promise || !limited.ok) {
      request.taken = limited;
      return answerCold(deps, route, request);
    }
    deps.noteSeen(warm);
    const outcome = route.handle(new WarmCall(request, warm) as unknown as Call<Operation>);
    return outcome instanceof Promise
      ? finish(deps, context, outcome)
      : toResponse(deps, context, outcome);
  };
}

/** A call without query and body; whoever does not ask for the actor does not pay for it. */
class WarmCall {
  readonly context: RequestContext;
  readonly cookies: Cookies;
  readonly params: Record<string, string>;
  readonly warm: Warm;
  readonly query = undefined;
  readonly body = undefined;

  constructor(request: Request, warm: Warm) {
    this.context = request.context;
    this.cookies = request.cookies;
    this.params = request.params;
    this.warm = warm;
  }

  get actor(): Actor {
    return userActor(this.context, this.warm);
  }
}

interface Request {
  readonly context: RequestContext;
  readonly cookies: Cookies;
  readonly params: Record<string, string>;
  /** Whom it comes from; only where the operation wants to know. */
  readonly identified: ReturnType<typeof identify> | undefined;
  /** What the general limit said, where it was asked already. */
  taken: ReturnType<Limiter["take"]> | undefined;
}

async function finish(
  deps: PipelineDeps,
  context: RequestContext,
  outcome: Promise<Outcome>,
): Promise<Response> {
  return toResponse(deps, context, await outcome);
}

async function answerCold(deps: PipelineDeps, route: Route, request: Request): Promise<Response> {
  const { context, cookies } = request;
  const passed = await passGuards(deps, route, request);
  if (!passed.ok) return toResponse(deps, context, { refuse: passed.error });
  const { asker, fields } = passed.value;
  const { actor, warm } = asker;
  const outcome = await route.handle({
    context,
    cookies,
    actor,
    warm,
    ...fields,
  } as unknown as Call<Operation>);
  if (route.leastMs !== undefined) {
    const isRefused = "refuse" in outcome;
    await waitUntil(context.startedAt + route.leastMs(fields.body, isRefused));
  }
  if ("refuse" in outcome) noteIfLimited(deps, asker, { context, error: outcome.refuse });
  return toResponse(deps, context, withDueCookies(deps, outcome, { warm, cookies }));
}

/** A session slides with its use, and so must its cookies. */
function withDueCookies(
  deps: PipelineDeps,
  outcome: Outcome,
  of: { readonly warm: Warm | undefined; readonly cookies: Cookies },
): Outcome {
  const { warm, cookies } = of;
  if (warm?.areCookiesDue !== true || cookies.session === undefined) return outcome;
  if (outcome instanceof Response) return outcome;
  warm.areCookiesDue = false;
  const slid = deps.sessionCookies.slid(warm.session, cookies.session);
  return { ...outcome, cookies: [...slid, ...(outcome.cookies ?? [])] };
}

async function passGuards(
  deps: PipelineDeps,
  route: Route,
  request: Request,
): Promise<Step<{ asker: Asker; fields: Fields }>> {
  const { operation } = route;
  const found = await findAsker(request);
  const asker = found.ok ? found.value : anonymous(request.context);
  const limited = await takeGeneralLimit(deps, operation, { asker, request });
  if (!limited.ok) return limited;
  if (!found.ok) return found;
  if (asker.warm !== undefined) deps.noteSeen(asker.warm);
  if (!(await passesCsrf(deps, operation, { asker, request }))) return err({ code: "csrf_failed" });
  const fields = await readFields(operation, request.context.request, request.params);
  return fields.ok ? ok({ asker, fields: fields.value }) : fields;
}

async function findAsker(request: Request): Promise<Step<Asker>> {
  if (request.identified === undefined) return ok(anonymous(request.context));
  const identified = await request.identified;
  if (!identified.ok) return identified;
  const { warm, via } = identified.value;
  return ok({ actor: userActor(request.context, warm), warm, via });
}

const UNCOUNTED: ReadonlySet<string> = new Set(["getHealth", "getReadiness", "getMetrics"]);

async function takeGeneralLimit(
  deps: PipelineDeps,
  operation: Operation,
  from: { readonly asker: Asker; readonly request: Request },
): Promise<Step<null>> {
  const { asker, request } = from;
  const { context, cookies } = request;
  if (UNCOUNTED.has(operation.id)) return ok(null);
  const known =
    asker.warm ?? (operation.access === "user" ? null : await rememberedSession(deps, cookies));
  const limit = known === null ? "anonymous" : "signed_in";
  const subject = known?.limitKey ?? context.caller.limitKey;
  const taken = await (request.taken ?? deps.limiter.take(limit, subject));
  if (!taken.ok) deps.noteLimited(asker.actor, { limit, subject });
  return taken;
}

/** Only what is remembered: a public call is not to cost a reading of the store. */
async function rememberedSession(deps: PipelineDeps, cookies: Cookies): Promise<Warm | null> {
  const byToken =
    cookies.access === undefined ? undefined : deps.warm.find(cookies.access, "token");
  if (byToken !== undefined) return byToken;
  return (
    (cookies.session === undefined ? undefined : deps.warm.find(cookies.session, "cookie")) ?? null
  );
}

async function passesCsrf(
  deps: PipelineDeps,
  operation: Operation,
  from: { readonly asker: Asker; readonly request: Request },
): Promise<boolean> {
  const { asker, request } = from;
  const { context, cookies } = request;
  if (operation.method === "GET" || operation.access === "exempt") return true;
  if (asker.via === "bearer") return true;
  if (operation.access === "refresh") return true;
  if (operation.access !== "pair" && !bearsCookies(cookies)) return true;
  const session = asker.warm?.session ?? (await findPairSession(deps, cookies));
  return showsPair(deps, context, { sessionId: session?.id ?? null, cookies });
}

function noteIfLimited(
  deps: PipelineDeps,
  asker: Asker,
  from: { context: RequestContext; error: RefusalError },
): void {
  const { context, error } = from;
  if (error.code !== "rate_limited" || error.limit === undefined) return;
  deps.noteLimited(asker.actor, { limit: error.limit, subject: context.caller.limitKey });
}

async function waitUntil(moment: number): Promise<void> {
  const left = moment - performance.now();
  if (left > 0) await Bun.sleep(left);
}

function anonymous(context: RequestContext): Asker {
  return { actor: anonymousActor(context), warm: undefined, via: "none" };
}

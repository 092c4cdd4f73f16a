/**
 * The router: every route of `wire`, the pages, and what answers where there is nothing.
 *
 * Elysia routes; the guards are ours and stand around each handler, so that no route can be declared
 * beside them.
 *
 * @module
 */

import { cors } from "@elysiajs/cors";
import type { Operation } from "@postern/wire";
import { Elysia } from "elysia";
import type { Answers } from "./http/answers.ts";
import { corsOptions, type OriginCheck } from "./http/cors_options.ts";
import type { Pipeline } from "./http/pipeline.ts";
import { contextOf, type Listener, type RequestContext } from "./http/request_context.ts";
import type { Route } from "./http/route.ts";
import type { PageRoutes } from "./page_routes.ts";

/** What the router is made of. */
export interface AppDeps {
  readonly routes: readonly Route[];
  readonly pipeline: Pipeline;
  readonly answers: Answers;
  readonly pages: PageRoutes;
  readonly isAllowedOrigin: OriginCheck;
  /** Tells whether a listener answers an operation at all. */
  readonly isServedBy: (operation: Operation, listener: Listener) => boolean;
  /** Called with what nobody caught. */
  readonly onError: (context: RequestContext, error: unknown) => void;
  /** Counts a request that no route took. */
  readonly passUnrouted: (context: RequestContext) => Promise<Response | null>;
}

/** Routes a request that came through the gate. */
export type App = (request: Request) => Response | Promise<Response>;

/** One route as a router has it, whoever declared it. */
export interface RouterRoute {
  readonly router: "plain" | "preflight";
  readonly method: string;
  readonly path: string;
}

/** The routers: what they answer, and what they take. */
export interface Routers {
  readonly answer: App;
  /** By their own account, so that nothing that was declared beside the guards stays unseen. */
  readonly routes: readonly RouterRoute[];
}

/**
 * Makes the router: one that answers preflights, and one for all other requests.
 *
 * Two, since the router copies an answer to add what a plugin set, which costs a warm request a
 * fifth of its time (measured). What an allowed origin's script may read of an answer is set when
 * the answer is finished.
 */
export function createApp(deps: AppDeps): Routers {
  const plain = declare(deps, new Elysia(ELYSIA_OPTIONS));
  const shared = declare(
    deps,
    new Elysia(ELYSIA_OPTIONS).use(cors(corsOptions(deps.isAllowedOrigin))),
  );
  return {
    answer(request) {
      const context = contextOf(request);
      const answer = request.method === "OPTIONS" ? shared.fetch(request) : plain.fetch(request);
      return answer instanceof Promise
        ? completeLater(deps, context, answer)
        : complete(deps, context, answer);
    },
    routes: [...routesOf(plain, "plain"), ...routesOf(shared, "preflight")],
  };
}

function routesOf(app: Elysia, router: RouterRoute["router"]): readonly RouterRoute[] {
  return app.routes.map(({ method, path }) => ({ router, method, path }));
}

const ELYSIA_OPTIONS = { aot: true, normalize: false } as const;

/** The router's own answer to what it does not know is of no use to anybody. */
function complete(deps: AppDeps, context: RequestContext, answer: Response) {
  const isOurs = context.isComplete || answer.status !== 404;
  return isOurs ? answer : answerUnrouted(deps, context);
}

async function completeLater(
  deps: AppDeps,
  context: RequestContext,
  answer: Promise<Response>,
): Promise<Response> {
  return complete(deps, context, await answer);
}

/**
 * Declares every route. No handler throws and no error hook is set: without one, the router would
 * answer an error with its message, and with one, make a promise of every answer.
 */
function declare(deps: AppDeps, app: Elysia): Elysia {
  for (const route of deps.routes) {
    const { method, path } = route.operation;
    const handle = prompt((context, params) => {
      const isServed = deps.isServedBy(route.operation, context.listener);
      return isServed ? deps.pipeline(route, context, params) : answerUnrouted(deps, context);
    });
    // Nothing to parse in a GET; said, it would make the router wait for nothing at each.
    if (method === "GET") app.get(path, handle);
    else app.route(method, path, handle, { parse: "none" });
  }
  for (const { path, handle } of deps.pages.list) {
    const handlePage = prompt((context) =>
      context.listener === "main"
        ? (deps.pages.refuseDoubled(context) ?? handle(context))
        : answerUnrouted(deps, context),
    );
    app.get(path, handlePage);
  }
  return app;

  /**
   * The router reads a handler's source, and takes any that returns the value of a call for one to
   * wait for. This one returns a member, so that an answer which is there at once stays so; one
   * that is not there yet works, too.
   */
  function prompt(handle: Handle) {
    return ({ request, params }: Routed) => {
      const made = { answer: answerSafely(deps, request, { handle, params }) };
      return made.answer;
    };
  }
}

interface Routed {
  readonly request: Request;
  readonly params: Record<string, string>;
}

type Handle = (
  context: RequestContext,
  params: Record<string, string>,
) => Response | Promise<Response>;

function answerSafely(
  deps: AppDeps,
  request: Request,
  by: { readonly handle: Handle; readonly params: Record<string, string> },
) {
  const context = contextOf(request);
  try {
    const answer = by.handle(context, by.params);
    return answer instanceof Promise ? settle(deps, context, answer) : answer;
  } catch (error) {
    return answerError(deps, context, error);
  }
}

async function settle(
  deps: AppDeps,
  context: RequestContext,
  answer: Promise<Response>,
): Promise<Response> {
  try {
    return await answer;
  } catch (error) {
    return answerError(deps, context, error);
  }
}

function answerError(deps: AppDeps, context: RequestContext, error: unknown): Response {
  deps.onError(context, error);
  return deps.answers.problem(context, "internal");
}

async function answerUnrouted(deps: AppDeps, context: RequestContext): Promise<Response> {
  const refused = await deps.passUnrouted(context);
  if (refused !== null) return refused;
  const doubled = deps.pages.refuseDoubled(context);
  if (doubled !== null) return doubled;
  const path = pathOf(context.request.url);
  const allowed = methodsAt(deps, path, context.listener);
  // Where the method is one of them, the router knows another spelling of the path: `//` for `/`.
  if (allowed.length > 0 && !allowed.includes(context.request.method)) {
    const headers = { Allow: allowed.join(", ") };
    return deps.answers.problem(context, "method_not_allowed", { headers });
  }
  const wantsPage = context.request.headers.get("accept")?.includes("text/html") === true;
  const isRead = context.request.method === "GET";
  if (wantsPage && isRead && context.listener === "main") return deps.pages.notFound(context);
  return deps.answers.problem(context, "not_found");
}

function methodsAt(deps: AppDeps, path: string, listener: Listener): readonly string[] {
  const methods = new Set<string>();
  for (const { operation } of deps.routes) {
    const isHere = matches(operation.path, path) && deps.isServedBy(operation, listener);
    if (isHere) methods.add(operation.method);
  }
  if (listener === "main" && deps.pages.list.some((page) => page.path === path)) methods.add("GET");
  if (methods.has("GET")) methods.add("HEAD");
  if (methods.size > 0) methods.add("OPTIONS");
  return [...methods];
}

function matches(pattern: string, path: string): boolean {
  const wanted = pattern.split("/");
  const given = path.split("/");
  return (
    wanted.length === given.length &&
    wanted.every(
      (part, index) => part === given[index] || (part.startsWith(":") && given[index] !== ""),
    )
  );
}

function pathOf(url: string): string {
  const { pathname } = new URL(url);
  return pathname.length > 1 && pathname.endsWith("/") ? pathname.slice(0, -1) : pathname;
}

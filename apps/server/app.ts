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

/** Makes the router. */
export function createApp(deps: AppDeps) {
  const app = new Elysia({ aot: true, normalize: false }).use(
    cors(corsOptions(deps.isAllowedOrigin)),
  );
  app.onError(({ request, error, code }) => {
    const context = contextOf(request);
    if (code === "NOT_FOUND") return answerUnrouted(deps, context);
    deps.onError(context, error);
    return deps.answers.problem(context, "internal");
  });
  for (const route of deps.routes) {
    app.route(
      route.operation.method,
      route.operation.path,
      ({ request, params }) => {
        const context = contextOf(request);
        if (!deps.isServedBy(route.operation, context.listener))
          return answerUnrouted(deps, context);
        return deps.pipeline(route, context, params as Record<string, string>);
      },
      { parse: "none" },
    );
  }
  for (const { path, handle } of deps.pages.list) {
    app.get(path, ({ request }) => handle(contextOf(request)), { parse: "none" });
  }
  return app;
}

async function answerUnrouted(deps: AppDeps, context: RequestContext): Promise<Response> {
  const refused = await deps.passUnrouted(context);
  if (refused !== null) return refused;
  const path = pathOf(context.request.url);
  const allowed = methodsAt(deps, path, context.listener);
  if (allowed.length > 0) {
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

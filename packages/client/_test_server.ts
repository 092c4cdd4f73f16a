/**
 * A loopback server that keeps to the contract in what a client must cope with: the CSRF pair,
 * access that runs out, a refresh token that works once. For tests of this package alone; the real
 * server is tested with this client by the journeys.
 *
 * @module
 */

import type { Fetch } from "./exchange.ts";

/** What the server saw, and switches that make it misbehave. */
export interface TestServer {
  readonly url: string;
  /** `METHOD path` of each request, in order. */
  readonly seen: string[];
  /** The access token that is good now; anything else has run out. */
  access: string;
  /** The refresh token that is good now; an older one is refused. */
  refresh: string;
  /** The CSRF token that is good now. */
  csrf: string;
  /** Refreshes under way, and the most there ever were at once. */
  refreshesNow: number;
  refreshesAtOnce: number;
  stop(): Promise<void>;
}

const ME = { id: "1", username: "ada", email: "ada@example.com" };

/** Starts it on a free port. */
export function startTestServer(): TestServer {
  const http = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: (request) => answer(server, request),
  });
  const server: TestServer = {
    url: `http://127.0.0.1:${http.port}`,
    seen: [],
    access: "access-1",
    refresh: "refresh-1",
    csrf: "csrf-1",
    refreshesNow: 0,
    refreshesAtOnce: 0,
    stop: () => http.stop(true),
  };
  return server;
}

async function answer(server: TestServer, request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  server.seen.push(`${request.method} ${pathname}${search}`);
  if (pathname === "/api/v1/auth/csrf") return Response.json({ csrfToken: server.csrf });
  if (pathname === "/html") return new Response("<h1>Bad gateway</h1>", { status: 502 });
  if (!pathname.endsWith("/refresh")) return await answerCall(server, request);
  server.refreshesNow += 1;
  server.refreshesAtOnce = Math.max(server.refreshesAtOnce, server.refreshesNow);
  const response = await answerRefresh(server, request);
  server.refreshesNow -= 1;
  return response;
}

async function answerRefresh(server: TestServer, request: Request): Promise<Response> {
  const isBearer = !request.headers.has("Cookie");
  if (!(isBearer || hasPair(server, request))) return problem(403, "csrf_failed");
  const sent = isBearer
    ? ((await request.json()) as { refresh_token: string }).refresh_token
    : cookieOf(request, "refresh_token");
  await Bun.sleep(20);
  if (sent !== server.refresh) return problem(401, "invalid_token");
  const count = Number(server.refresh.split("-")[1]) + 1;
  server.refresh = `refresh-${count}`;
  server.access = `access-${count}`;
  return isBearer ? pairInBody(server) : pairInCookies(server);
}

function pairInBody({ access, refresh }: TestServer): Response {
  return Response.json({
    access_token: access,
    refresh_token: refresh,
    token_type: "Bearer",
    expires_in: 900,
  });
}

function pairInCookies({ access, refresh }: TestServer): Response {
  const headers = new Headers();
  headers.append("Set-Cookie", `access_token=${access}; Path=/; HttpOnly`);
  headers.append("Set-Cookie", `refresh_token=${refresh}; Path=/; HttpOnly`);
  return Response.json({ expires_in: 900 }, { headers });
}

function hasPair(server: TestServer, request: Request): boolean {
  return request.headers.get("X-CSRFToken") === server.csrf;
}

async function answerCall(server: TestServer, request: Request): Promise<Response> {
  const bearer = request.headers.get("Authorization")?.slice("Bearer ".length);
  if (request.method !== "GET" && bearer === undefined && !hasPair(server, request)) {
    return problem(403, "csrf_failed");
  }
  if (request.url.endsWith("/login")) return await answerSignIn(request);
  if ((bearer ?? cookieOf(request, "access_token")) !== server.access) {
    return problem(401, "token_expired");
  }
  if (request.method === "DELETE") return new Response(null, { status: 204 });
  const changes = request.method === "PATCH" ? ((await request.json()) as object) : {};
  return Response.json({ ...ME, ...changes });
}

async function answerSignIn(request: Request): Promise<Response> {
  const { password } = (await request.json()) as { password: string };
  if (password === "slow down") return problem(429, "rate_limited", { "Retry-After": "7" });
  return password === "right" ? Response.json({ user: ME }) : problem(401, "invalid_credentials");
}

function problem(status: number, code: string, headers: Record<string, string> = {}): Response {
  return Response.json(
    { type: "about:blank", title: code, status, code, detail: `Refused: ${code}` },
    { status, headers: { "X-Request-Id": "request-1", ...headers } },
  );
}

function cookieOf(request: Request, name: string): string | undefined {
  const pair = request.headers
    .get("Cookie")
    ?.split("; ")
    .find((part) => part.startsWith(`${name}=`));
  return pair?.slice(name.length + 1);
}

/** A `fetch` with a jar of cookies, as a browser's tabs share one. */
export function fetchWithJar(jar: Map<string, string>): Fetch {
  return async function fetchAndKeep(url, init) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = new Headers(init.headers as Record<string, string>);
    headers.set("Cookie", cookie);
    const response = await fetch(url, { ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name, value);
    }
    return response;
  };
}

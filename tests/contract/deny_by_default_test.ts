import { afterAll, beforeAll, expect, test } from "bun:test";
import { OPERATIONS, type Operation } from "@postern/wire";
import { openComposedServer } from "../support/composed_server.ts";
import { type Deployment, openDeployment } from "../support/deployment.ts";
import { expectProblem } from "../support/expect_problem.ts";
import { findFreePort } from "../support/server_process.ts";

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment();
});

afterAll(async () => {
  await deployment.close();
});

/** All that answers a stranger who shows nothing. Everything else must refuse one with 401 or 403. */
const OPEN = [
  "GET /.well-known/jwks.json",
  "GET /.well-known/oauth-authorization-server",
  "GET /accounts/:provider/login",
  "GET /accounts/:provider/login/callback",
  "GET /api/v1/auth/csrf",
  "GET /api/v1/auth/providers",
  "GET /api/v1/openapi.json",
  "GET /healthz",
  "GET /metrics",
  "GET /oauth/authorize",
  "GET /readyz",
  "POST /accounts/:provider/login/callback",
  "POST /api/v1/auth/email/undo",
  "POST /api/v1/auth/logout",
  "POST /api/v1/auth/password/check",
  "POST /api/v1/auth/password/forgot",
  "POST /api/v1/auth/password/reset",
  "POST /api/v1/auth/token",
  "POST /api/v1/auth/verify-email",
  "POST /api/v1/csp-report",
  "POST /oauth/revoke",
  "POST /oauth/token",
];

/** Pages hold nothing of anybody; what they show they ask for. */
const PAGES = [
  "/",
  "/account",
  "/api/v1/docs",
  "/chat",
  "/check-mail",
  "/dashboard",
  "/forgot-password",
  "/invitation",
  "/login",
  "/reset-password",
  "/setup",
  "/signup",
  "/undo-email",
  "/verify-email",
];

/** What answers beside calls and pages: it holds nothing, and leads to a page. */
const SIGNPOSTS = ["/.well-known/change-password"];

/** All that the second listener answers. */
const ON_ADMIN_LISTENER = [
  "GET /.well-known/oauth-authorization-server",
  "GET /healthz",
  "GET /metrics",
  "GET /readyz",
  "POST /oauth/revoke",
  "POST /oauth/token",
];

const operations: readonly Operation[] = Object.values(OPERATIONS);

function pathOf(operation: Operation): string {
  return operation.path.replaceAll(/:\w+/g, crypto.randomUUID());
}

async function askAsNobody(operation: Operation, headers: Readonly<Record<string, string>> = {}) {
  const isRead = operation.method === "GET";
  return await deployment.visitor().request(operation.method, pathOf(operation), {
    csrf: false,
    headers: { Origin: null, ...headers },
    ...(isRead ? {} : { body: {} }),
  });
}

test("every call refuses whoever shows nothing, but for those that are listed here", async () => {
  const open: string[] = [];
  for (const operation of operations) {
    const answer = await askAsNobody(operation);
    const isRefused = [401, 403].includes(answer.status);
    if (!isRefused) open.push(`${operation.method} ${operation.path}`);
    expect(answer.status).toBeLessThan(500);
  }
  expect(open.toSorted()).toEqual(OPEN);
});

test("the routers have no route beside the calls, the pages and their files (a guard passed by)", async () => {
  await using composed = await openComposedServer();
  const { routes } = composed.server;
  const files = routes.filter(({ path }) => /^\/(?:assets\/[\w.-]+|[\w-]+\.\w+)$/.test(path));
  expect(files.length).toBeGreaterThan(20);
  const expected = [
    ...operations.map(({ method, path }) => `${method} ${path}`),
    ...[
      ...PAGES,
      ...SIGNPOSTS,
      ...files.filter((file) => file.router === "plain").map(({ path }) => path),
    ].map((path) => `GET ${path}`),
  ].toSorted();
  const taken = (router: string) =>
    routes
      .filter((route) => route.router === router)
      .map(({ method, path }) => `${method} ${path}`)
      .toSorted();
  expect(taken("plain")).toEqual(expected);
  const preflights = ["OPTIONS /", "OPTIONS /*"];
  expect(taken("preflight").filter((route) => !preflights.includes(route))).toEqual(expected);
});

test("the listener for administration answers nothing of the routers but what is listed here", async () => {
  const port = await findFreePort();
  await using composed = await openComposedServer();
  const env = { ADMIN_LISTEN: `127.0.0.1:${port}`, TRUSTED_PROXIES: "127.0.0.1/32" };
  const own = await openDeployment({ env });
  let asked = 0;
  try {
    const answered: string[] = [];
    for (const { method, path } of composed.server.routes.filter(
      ({ router }) => router === "plain",
    )) {
      const url = `http://127.0.0.1:${port}${path.replaceAll(/:\w+/g, crypto.randomUUID())}`;
      asked += 1;
      // Each from an address of its own: there are more routes than one may ask for in a minute.
      const headers = { "X-Forwarded-For": `198.51.100.${asked % 256}` };
      const answer = await fetch(url, { method, headers, redirect: "manual" });
      if (answer.status !== 404) answered.push(`${method} ${path}`);
    }
    expect(answered.toSorted()).toEqual(ON_ADMIN_LISTENER);
  } finally {
    await own.close();
  }
});

test("every call that wants a user refuses credentials that are nobody's", async () => {
  const nobodys = [
    { Authorization: "Bearer nonsense" },
    { Cookie: "access_token=nonsense" },
    { Cookie: "sessionid=nonsense" },
  ];
  for (const operation of operations.filter(({ access }) => access === "user")) {
    for (const headers of nobodys) {
      expectProblem(await askAsNobody(operation, headers), "invalid_token");
    }
  }
});

test("no trailing slash, case, encoding or doubled slash opens a way around (path confusion)", async () => {
  const paths = [
    "/api/v1/auth/me/",
    "/api/v1/auth//me",
    "/api/v1/auth/me%2F",
    "/api/v1/auth/%6De",
    "/API/v1/auth/me",
    "/api/v1/auth/me;x=1",
    "/api/v1/auth/me.json",
    "/api/v1/auth/csrf/../me",
    "/api/v1/auth/csrf/%2e%2e/me",
    "/healthz/../api/v1/auth/me",
    "/./api/v1/auth/me",
    "/api/v1/auth/me?x=/healthz",
    "/api/v1/auth/me%00",
  ];
  for (const path of paths) {
    const answer = await deployment.visitor().get(path);
    expect([path, [401, 404].includes(answer.status)]).toEqual([path, true]);
    expect(answer.text).not.toContain("username");
  }
});

test("GET /.well-known/change-password sends a browser to the form (W3C)", async () => {
  const answer = await deployment.visitor().get("/.well-known/change-password");
  expect(answer.status).toBe(302);
  expect(answer.headers.get("location")).toBe("/account#password");
});

test("a method override changes no method", async () => {
  const { browser } = await deployment.newAccount();
  const headers = {
    "X-HTTP-Method-Override": "DELETE",
    "X-Method-Override": "DELETE",
    "X-HTTP-Method": "DELETE",
  };
  const answer = await browser.get("/api/v1/auth/sessions?_method=DELETE", { headers });
  expect(answer.json).toMatchObject({ items: [expect.any(Object)] });
});

test("what the server serves beside the calls is its pages and their files, and no more", async () => {
  const html = { headers: { Accept: "text/html" } };
  for (const path of PAGES)
    expect([path, (await deployment.visitor().get(path, html)).status]).toEqual([path, 200]);
  const wanted = [
    "/admin",
    "/admin/trpcs",
    "/admin/trpcs/users.list",
    "/debug",
    "/dev/outbox",
    "/dev/outbox.json",
    "/.env",
    "/.git/config",
    "/package.json",
    "/apps/server/main.ts",
    "/data/postern.db",
    "/data/postern.key",
    "/assets/",
    "/assets/../../data/postern.key",
    "/assets/%2e%2e/%2e%2e/data/postern.key",
    "/assets/..%2f..%2fdata%2fpostern.key",
    "/server-status",
    "/swagger",
    "/api",
    "/api/v1",
    "/api/v1/auth",
    "/api/v1/users",
  ];
  for (const path of wanted) {
    const answer = await deployment.visitor().get(path);
    expect([path, answer.status]).toEqual([path, 404]);
  }
});

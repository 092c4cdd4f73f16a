import { afterAll, beforeAll, expect, test } from "bun:test";
import {
  type Deployment,
  GOOD_PASSWORD,
  openDeployment,
  type VisitorOptions,
} from "../support/deployment.ts";
import { expectProblem } from "../support/expect_problem.ts";
import { requestHead, sendRaw } from "../support/raw_http.ts";

/** A server behind a proxy that speaks https to the world. */
const ENV = {
  PUBLIC_URL: "https://id.example.org",
  SECRET_KEY: Buffer.alloc(32, 7).toString("base64url"),
};

const HTTPS = { Host: "id.example.org", "X-Forwarded-Proto": "https" };
const HTTP = { Host: "id.example.org", "X-Forwarded-Proto": "http" };

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment({ env: ENV });
});

afterAll(async () => {
  await deployment.close();
});

function visitor(headers: VisitorOptions["headers"] = HTTPS) {
  return deployment.visitor({ headers: { ...headers } });
}

async function signedIn() {
  const browser = visitor();
  return await deployment.newAccount({ browser });
}

test("the four cookies are __Host-, Secure, for / and without a Domain", async () => {
  const { browser } = await signedIn();
  const names = ["access_token", "refresh_token", "sessionid", "csrftoken", "browser"];
  expect([...browser.jar.cookies.keys()].toSorted()).toEqual(
    names.map((name) => `__Host-${name}`).toSorted(),
  );
  for (const { attributes } of browser.jar.cookies.values()) {
    expect(attributes).toMatchObject({ secure: "", path: "/", samesite: "Lax" });
    expect(attributes).not.toContainKey("domain");
  }
});

test("with a prefix on, the bare names are ignored (a cookie planted over http)", async () => {
  const { browser } = await signedIn();
  const session = browser.jar.find("sessionid");
  const ask = async (Cookie: string) =>
    await visitor().get("/api/v1/auth/me", { headers: { Cookie } });
  expect((await ask(`__Host-sessionid=${session}`)).status).toBe(200);
  expect((await ask(`__Host-sessionid=${session}; sessionid=nonsense`)).status).toBe(200);
  expectProblem(await ask(`sessionid=${session}`), "unauthenticated");
  expectProblem(await ask(`__Secure-sessionid=${session}`), "unauthenticated");
  expectProblem(await ask(`__host-sessionid=${session}`), "unauthenticated");
});

test("tokens name PUBLIC_URL as their issuer", async () => {
  const { browser } = await signedIn();
  const [, payload = ""] = (browser.jar.find("access_token") ?? "").split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as { iss: string };
  expect(claims.iss).toBe("https://id.example.org");
});

test("Strict-Transport-Security is on every answer", async () => {
  const value = "max-age=31536000; includeSubDomains; preload";
  for (const path of ["/healthz", "/login", "/nothing", "/api/v1/auth/me"]) {
    expect((await visitor().get(path)).headers.get("strict-transport-security")).toBe(value);
  }
  const misdirected = await visitor({ ...HTTPS, Host: "evil.example" }).get("/login");
  expect(misdirected.headers.get("strict-transport-security")).toBe(value);
});

test("a page asked for over http is redirected (308) to PUBLIC_URL, without a cookie", async () => {
  for (const path of [
    "/login",
    "/",
    "/account?x=1",
    "/api/v1/docs",
    "/no/such/page",
    "/oauth/authorize?client_id=console",
  ]) {
    const answer = await visitor(HTTP).get(path, { headers: { Accept: "text/html" } });
    expect(answer.status).toBe(308);
    expect(answer.headers.get("location")).toBe(`https://id.example.org${path}`);
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  }
});

test("the redirect stays on PUBLIC_URL, whatever the path says (open redirect)", async () => {
  const paths = ["//evil.example", "/\\evil.example", "/%2F%2Fevil.example", "/@evil.example"];
  for (const path of [
    ...paths,
    "http://evil.example/login",
    "/%0d%0aSet-Cookie:x=1",
    "/login?%0a",
  ]) {
    const head = requestHead(`GET ${path} HTTP/1.1`, "Host: id.example.org");
    const { status, headers } = await sendRaw(deployment.server.url, head);
    const [location = ""] = headers.filter(([name]) => name === "location").map(([, to]) => to);
    expect([path, status, new URL(location).origin]).toEqual([path, 308, ENV.PUBLIC_URL]);
    expect(headers.map(([name]) => name)).not.toContain("set-cookie");
  }
});

test("an API call over http is 403 https_required, without a cookie, and nothing is done", async () => {
  const { browser } = await signedIn();
  const cookies = browser.jar.header() ?? "";
  const csrf = browser.jar.find("csrftoken") ?? "";
  const answers = [
    await visitor(HTTP).get("/api/v1/auth/csrf"),
    await visitor(HTTP).get("/api/v1/auth/me", { headers: { Cookie: cookies } }),
    await visitor(HTTP).post("/api/v1/auth/logout", undefined, {
      headers: { Cookie: cookies, "X-CSRFToken": csrf },
    }),
    await visitor(HTTP).post("/login", "x", { csrf: false }),
    await visitor(HTTP).get("/.well-known/jwks.json"),
    await visitor(HTTP).get("/metrics"),
  ];
  for (const answer of answers) {
    expectProblem(answer, "https_required");
    expect(answer.headers.getSetCookie()).toEqual([]);
  }
  expect((await browser.get("/api/v1/auth/me")).status).toBe(200);
});

test("a procedure over http is 403 https_required too, in the form that its reader knows", async () => {
  const answer = await visitor(HTTP).get("/admin/trpc/overview.summary");
  expect([answer.status, answer.headers.get("content-type")]).toEqual([403, "application/json"]);
  expect(answer.json).toEqual({
    error: {
      message: expect.any(String),
      code: -32_003,
      data: { code: "https_required", httpStatus: 403 },
    },
  });
});

test("the health paths answer over http as ever", async () => {
  for (const path of ["/healthz", "/readyz", "/healthz/"]) {
    expect((await visitor(HTTP).get(path)).status).toBe(200);
  }
});

test("without X-Forwarded-Proto a request counts as http", async () => {
  expectProblem(await visitor({ Host: "id.example.org" }).get("/api/v1/auth/me"), "https_required");
});

test("ALLOWED_ORIGINS and PUBLIC_URL's own count for CSRF", async () => {
  const { browser } = await signedIn();
  const act = async (Origin: string) =>
    await browser.request("PATCH", "/api/v1/auth/me", { body: { name: "x" }, headers: { Origin } });
  expect((await act("https://id.example.org")).status).toBe(200);
  expectProblem(await act("http://id.example.org"), "csrf_failed");
});

test("the policy sends reports to a named endpoint, too", async () => {
  const { headers } = await visitor().get("/login", { headers: { Accept: "text/html" } });
  const policy = headers.get("content-security-policy") ?? "";
  const group = /report-to (\S+)/.exec(policy)?.[1];
  expect(headers.get("reporting-endpoints")).toBe(`${group}="/api/v1/csp-report"`);
});

test("with COOKIE_DOMAIN the cookies are __Secure- and name the domain", async () => {
  await deployment.restart({ COOKIE_DOMAIN: "example.org" });
  const browser = visitor();
  const names = await deployment.newAccount({ browser, password: GOOD_PASSWORD });
  for (const [name, { attributes }] of names.browser.jar.cookies) {
    expect(name).toStartWith("__Secure-");
    expect(attributes).toMatchObject({ domain: "example.org", secure: "", path: "/" });
  }
  expect((await browser.get("/api/v1/auth/me")).status).toBe(200);
});

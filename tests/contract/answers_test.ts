import { afterAll, beforeAll, expect, test } from "bun:test";
import { problemCode } from "@postern/wire";
import { type Deployment, openDeployment } from "../support/deployment.ts";
import { expectProblem } from "../support/expect_problem.ts";
import { requestHead, sendRaw } from "../support/raw_http.ts";

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment();
});

afterAll(async () => {
  await deployment.close();
});

const TOKEN = "/api/v1/auth/token";
const ME = "/api/v1/auth/me";

/** Codes that the contract lists. */
const CODES =
  "invalid_json invalid_request unsupported_media_type too_large not_found method_not_allowed " +
  "misdirected https_required csrf_failed unauthenticated token_expired session_ended forbidden " +
  "step_up_required invalid_credentials email_unverified confirm_password wrong_password blocked " +
  "rate_limited busy signup_closed username_taken username_invalid email_invalid " +
  "password_too_short password_too_long password_common password_similar password_numeric " +
  "password_malformed invalid_token last_way_in already_linked provider_disabled provider_error " +
  "conflict internal";

test("every code of the contract is listed in wire, in snake_case", () => {
  const listed = problemCode.options as readonly string[];
  for (const code of CODES.split(" ")) expect(listed).toContain(code);
  for (const code of listed) expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
});

test("an error is application/problem+json with type, title, status, code and detail", async () => {
  const answer = await deployment.visitor().get(ME);
  const problem = expectProblem(answer, "unauthenticated");
  expect(Object.keys(problem)).toEqual(["type", "title", "status", "code", "detail"]);
  for (const text of [problem.type, problem.title, problem.detail]) expect(text).not.toBe("");
});

test("every answer has an X-Request-Id of its own", async () => {
  const visitor = deployment.visitor();
  const paths = [ME, "/healthz", "/nothing", "/login", "/api/v1/openapi.json", "/favicon.svg"];
  const answers = await Promise.all([...paths, ...paths].map((path) => visitor.get(path)));
  const ids = answers.map((answer) => answer.headers.get("x-request-id") ?? "");
  for (const id of ids) expect(id).toMatch(/^[\w-]{8,64}$/);
  expect(new Set(ids).size).toBe(ids.length);
});

test("a caller cannot choose the X-Request-Id (log forging)", async () => {
  const answer = await deployment
    .visitor()
    .get(ME, { headers: { "X-Request-Id": "chosen-by-me" } });
  expect(answer.headers.get("x-request-id")).not.toBe("chosen-by-me");
});

test("no problem repeats what was sent", async () => {
  const canary = "Canary-7f3a-of-mine";
  const sent = { email: canary, username: `${canary}!`, password: canary, name: [canary] };
  const answers = await Promise.all([
    deployment.visitor().post("/api/v1/auth/signup", sent),
    deployment.visitor().post("/api/v1/auth/signup", { ...sent, name: null }),
    deployment.visitor().post(TOKEN, `{"identifier":"${canary}",`),
    deployment.visitor().get(`/api/v1/${canary}?q=${canary}`),
  ]);
  for (const answer of answers) {
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.text).not.toContain(canary);
    expect(JSON.stringify([...answer.headers])).not.toContain(canary);
  }
});

const ALLOW: readonly (readonly [method: string, path: string, allow: string])[] = [
  ["GET", "/api/v1/auth/login", "OPTIONS, POST"],
  ["PUT", "/api/v1/auth/signup", "OPTIONS, POST"],
  ["POST", ME, "GET, HEAD, OPTIONS, PATCH"],
  ["PATCH", "/api/v1/auth/sessions", "DELETE, GET, HEAD, OPTIONS"],
  ["GET", "/api/v1/auth/sessions/1", "DELETE, OPTIONS"],
  ["POST", "/healthz", "GET, HEAD, OPTIONS"],
  ["DELETE", "/login", "GET, HEAD, OPTIONS"],
  ["PROPFIND", ME, "GET, HEAD, OPTIONS, PATCH"],
];

test.each(ALLOW)("%s %s is 405 with Allow: %s", async (method, path, allow) => {
  const answer = await deployment.visitor().request(method, path, { csrf: false });
  expectProblem(answer, "method_not_allowed");
  const allowed = (answer.headers.get("allow") ?? "").split(", ").toSorted();
  expect(allowed.join(", ")).toBe(allow);
});

test("TRACE is 405 with Allow (cross-site tracing)", async () => {
  const answer = await sendRaw(
    deployment.server.url,
    requestHead(`TRACE ${ME} HTTP/1.1`, "Host: localhost", "Cookie: sessionid=canary"),
  );
  expect(answer.status).toBe(405);
  expect(answer.headers).toContainEqual(["allow", "GET, PATCH, HEAD, OPTIONS"]);
  expect(answer.body).not.toContain("canary");
});

test("HEAD answers as GET does, without the body", async () => {
  for (const path of ["/healthz", "/login", ME, "/nothing"]) {
    const visitor = deployment.visitor();
    const [get, head] = [await visitor.get(path), await visitor.request("HEAD", path)];
    expect(head.status).toBe(get.status);
    expect(head.text).toBe("");
    expect(head.headers.get("content-type")).toBe(get.headers.get("content-type"));
  }
});

test("a trailing slash is optional on every path", async () => {
  const visitor = deployment.visitor();
  for (const path of ["/healthz", "/login", "/api/v1/auth/csrf", "/api/v1/docs", "/metrics"]) {
    expect((await visitor.get(`${path}/`)).status).toBe((await visitor.get(path)).status);
  }
  const login = await visitor.post(`${TOKEN}/`, { identifier: "nobody", password: "x" });
  expectProblem(login, "invalid_credentials");
});

test("what is nowhere is 404 not_found, whatever looks like a path to something", async () => {
  const paths = ["/api/v1/auth/nothing", "/api/v2/auth/me", "/api/v1/auth/me/x", "/.env", "/data"];
  const odd = ["/api/v1/auth/../../../etc/passwd", "/assets/../package.json", "/api/v1/auth/m%65x"];
  for (const path of [...paths, ...odd]) {
    const answer = await deployment.visitor().get(path, { headers: { Accept: "*/*" } });
    expectProblem(answer, "not_found");
  }
});

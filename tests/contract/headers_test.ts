import { afterAll, beforeAll, expect, test } from "bun:test";
import { type Account, type Deployment, openDeployment } from "../support/deployment.ts";
import type { Answer } from "../support/http_client.ts";
import { requestHead, sendRaw } from "../support/raw_http.ts";

let deployment: Deployment;
let ada: Account;

beforeAll(async () => {
  deployment = await openDeployment();
  ada = await deployment.newAccount();
});

afterAll(async () => {
  await deployment.close();
});

const EXACT: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "strict-origin-when-cross-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "x-xss-protection": "0",
};

function expectAllHeaders(answer: Pick<Answer, "headers">): void {
  for (const [name, value] of Object.entries(EXACT)) {
    expect([name, answer.headers.get(name)]).toEqual([name, value]);
  }
  const permissions = answer.headers.get("permissions-policy") ?? "";
  expect(permissions).toContain("camera=()");
  for (const rule of permissions.split(", ")) {
    expect(rule).toMatch(/^(?:[\w-]+=\(\)|publickey-credentials-[\w-]+=\(self\))$/);
  }
  const policy = answer.headers.get("content-security-policy") ?? "";
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("report-uri /api/v1/csp-report");
  expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|\*/);
  expect(answer.headers.get("x-request-id")).toMatch(/^[\w-]{8,64}$/);
  for (const name of ["server", "x-powered-by", "x-aspnet-version", "via"]) {
    expect(answer.headers.get(name)).toBeNull();
  }
}

const HTML = { headers: { Accept: "text/html" } };

test("every header is on JSON, pages, files, redirects, errors and 404s", async () => {
  const { browser } = ada;
  const answers = [
    await browser.get("/api/v1/auth/me"),
    await browser.get("/login", HTML),
    await browser.get("/", HTML),
    await browser.get("/api/v1/docs", HTML),
    await browser.get("/nothing", HTML),
    await browser.get("/nothing"),
    await browser.get("/metrics"),
    await browser.get("/.well-known/jwks.json"),
    await browser.request("DELETE", "/api/v1/auth/sessions"),
    await browser.request("DELETE", "/api/v1/auth/me"),
    await browser.request("OPTIONS", "/api/v1/auth/me"),
    await browser.request("HEAD", "/login"),
    await deployment.visitor().get("/api/v1/auth/me"),
    await deployment
      .visitor()
      .post("/api/v1/auth/login", "{", { headers: { "Content-Type": "application/json" } }),
    await deployment
      .visitor()
      .post("/api/v1/auth/login", "x", { headers: { "Content-Type": "text/plain" } }),
    await deployment.visitor().post("/api/v1/auth/login", "x".repeat(70_000)),
    await deployment.visitor().get("/healthz", { headers: { Host: "evil.example" } }),
  ];
  const statuses = new Set(answers.map(({ status }) => status));
  expect([...statuses].toSorted()).toEqual([200, 204, 400, 401, 404, 405, 413, 415, 421]);
  for (const answer of answers) expectAllHeaders(answer);
});

test("files of the pages have them too", async () => {
  const { text } = await deployment.visitor().get("/login", HTML);
  const files = [...text.matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css|svg))"/g)].map(
    ([, path]) => path,
  );
  expect(files.length).toBeGreaterThan(0);
  for (const path of files) {
    const answer = await deployment.visitor().get(path ?? "");
    expect(answer.status).toBe(200);
    expectAllHeaders(answer);
  }
});

test("a 429 has them too", async () => {
  const visitor = deployment.visitor();
  const answers = await Promise.all(
    Array.from({ length: 110 }, () => visitor.get("/api/v1/auth/providers")),
  );
  const refused = answers.find(({ status }) => status === 429);
  if (refused === undefined) throw new Error("No answer was 429");
  expectAllHeaders(refused);
});

test("our own 400 for a request without a host has them", async () => {
  const answer = await sendRaw(deployment.server.url, requestHead("GET /healthz HTTP/1.0"));
  expect(answer.status).toBe(400);
  expectAllHeaders({ headers: new Headers(answer.headers.map(([name, value]) => [name, value])) });
});

test("no Strict-Transport-Security over http, where it would lock localhost out", async () => {
  const answer = await deployment.visitor().get("/healthz");
  expect(answer.headers.get("strict-transport-security")).toBeNull();
});

test("Cache-Control is no-store on every authenticated answer, and on every page", async () => {
  const { browser } = ada;
  const answers = [
    await browser.get("/api/v1/auth/me"),
    await browser.get("/api/v1/auth/sessions"),
    await browser.get("/api/v1/auth/csrf"),
    await browser.get("/account", HTML),
    await browser.request("DELETE", "/api/v1/auth/sessions"),
    await browser.request("DELETE", `/api/v1/auth/sessions/${crypto.randomUUID()}`),
    await browser.request("PATCH", "/api/v1/auth/me", { body: { name: 1 } }),
    await deployment.visitor().get("/api/v1/auth/me"),
  ];
  for (const answer of answers) expect(answer.headers.get("cache-control")).toBe("no-store");
});

test("a page's policy has a nonce of its own, which its scripts and styles carry", async () => {
  const nonces = new Set<string>();
  for (let n = 0; n < 3; n += 1) {
    const answer = await deployment.visitor().get("/login", HTML);
    const policy = answer.headers.get("content-security-policy") ?? "";
    const nonce = /script-src [^;]*'nonce-([^']+)'/.exec(policy)?.[1] ?? "";
    expect(nonce.length).toBeGreaterThanOrEqual(22);
    for (const [tag] of answer.text.matchAll(/<(?:script|style)\b[^>]*>/g)) {
      expect(tag).toContain(`nonce="${nonce}"`);
    }
    expect(answer.text).not.toMatch(/ on\w+=| style="/);
    nonces.add(nonce);
  }
  expect(nonces.size).toBe(3);
});

test("no answer names the software or a version", async () => {
  for (const path of ["/healthz", "/nothing", "/login", "/api/v1/auth/me"]) {
    const { headers } = await deployment.visitor().get(path);
    const all = [...headers].map(([name, value]) => `${name}: ${value}`).join("\n");
    expect(all).not.toMatch(/bun|elysia|postern|\d+\.\d+\.\d+/i);
  }
});

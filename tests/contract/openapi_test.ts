import { afterAll, beforeAll, expect, test } from "bun:test";
import { OPERATIONS } from "@postern/wire";
import {
  type ApiDescription,
  openApiErrors,
  readApiDescription,
} from "../support/api_description.ts";
import { type Deployment, openDeployment } from "../support/deployment.ts";

let deployment: Deployment;
let description: ApiDescription;

beforeAll(async () => {
  deployment = await openDeployment();
  description = await readApiDescription(deployment.server.url);
});

afterAll(async () => {
  await deployment.close();
});

test("GET openapi.json is OpenAPI 3.1, for anybody", async () => {
  const answer = await deployment.visitor().get("/api/v1/openapi.json");
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toStartWith("application/json");
  expect(await openApiErrors(JSON.parse(answer.text))).toEqual([]);
  expect(answer.json).toMatchObject({ openapi: expect.stringMatching(/^3\.1\.\d+$/) });
});

test("the judge finds what is no OpenAPI 3.1", async () => {
  expect(await openApiErrors({ ...description.document, paths: { "/x": { get: 1 } } })).not.toEqual(
    [],
  );
});

test("it describes all of the interface, under PUBLIC_URL", () => {
  const { document, operations } = description;
  expect(document["servers"]).toEqual([{ url: deployment.server.publicUrl }]);
  const described = operations.map(({ method, path }) => `${method} ${path}`);
  const paths = [
    "GET /api/v1/auth/csrf",
    "POST /api/v1/auth/signup",
    "POST /api/v1/auth/verify-email",
    "POST /api/v1/auth/login",
    "POST /api/v1/auth/token",
    "POST /api/v1/auth/refresh",
    "POST /api/v1/auth/logout",
    "GET /api/v1/auth/me",
    "PATCH /api/v1/auth/me",
    "POST /api/v1/auth/email/change",
    "POST /api/v1/auth/email/undo",
    "POST /api/v1/auth/password/change",
    "POST /api/v1/auth/password/forgot",
    "POST /api/v1/auth/password/reset",
    "GET /api/v1/auth/sessions",
    "DELETE /api/v1/auth/sessions/{id}",
    "DELETE /api/v1/auth/sessions",
    "GET /api/v1/auth/providers",
    "POST /api/v1/csp-report",
    "GET /api/v1/openapi.json",
    "GET /healthz",
    "GET /readyz",
    "GET /metrics",
    "GET /.well-known/jwks.json",
    "GET /.well-known/oauth-authorization-server",
    "GET /oauth/authorize",
    "POST /oauth/authorize",
    "POST /oauth/token",
    "POST /oauth/revoke",
  ];
  for (const path of paths) expect(described).toContain(path);
  expect(described).toHaveLength(Object.keys(OPERATIONS).length);
});

test("every call that changes something and takes a body says of what", () => {
  const bodiless = [
    "signOut",
    "endSession",
    "endOtherSessions",
    "linkAccount",
    "unlinkAccount",
    "leaveConversation",
    "removeMember",
    "issueTicket",
  ];
  const notJson = ["reportCsp", "receiveProviderAnswer"];
  for (const { operationId, method, body } of description.operations) {
    if (method === "GET" || bodiless.includes(operationId)) expect(body).toBeUndefined();
    else if (!notJson.includes(operationId)) expect(body?.properties).toBeObject();
  }
});

test("the call that takes policy reports names both of their types", () => {
  const paths = description.document["paths"] as Record<string, Record<string, unknown>>;
  const { requestBody } = (paths["/api/v1/csp-report"]?.["post"] ?? {}) as {
    requestBody?: { content: object };
  };
  const types = Object.keys(requestBody?.content ?? {});
  expect(types).toContain("application/csp-report");
  expect(types).toContain("application/reports+json");
});

test("GET docs is a page of our own origin under our policy", async () => {
  const answer = await deployment
    .visitor()
    .get("/api/v1/docs", { headers: { Accept: "text/html" } });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
  for (const [, url = ""] of answer.text.matchAll(/(?:src|href)="([^"]+)"/g)) {
    expect(url).toMatch(/^\/(?!\/)/);
  }
});

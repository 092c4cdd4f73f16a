import { afterAll, beforeAll, expect, test } from "bun:test";
import { type Deployment, openDeployment } from "../support/deployment.ts";
import type { Answer } from "../support/http_client.ts";

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment();
});

afterAll(async () => {
  await deployment.close();
});

const ME = "/api/v1/auth/me";
const ALLOWED = ["http://localhost:3000", "http://127.0.0.1:3000"];
const PREFIX = "access-control-";

function corsOf(answer: Answer): Readonly<Record<string, string>> {
  return Object.fromEntries([...answer.headers].filter(([name]) => name.startsWith(PREFIX)));
}

async function preflight(origin: string, method = "PATCH", path = ME) {
  return await deployment.visitor().request("OPTIONS", path, {
    headers: {
      Origin: origin,
      "Access-Control-Request-Method": method,
      "Access-Control-Request-Headers": "x-csrftoken,content-type",
    },
  });
}

test("an allowed origin is echoed, with credentials, one by one", async () => {
  for (const origin of [...ALLOWED, deployment.server.publicUrl]) {
    for (const path of [ME, "/healthz", "/nothing", "/api/v1/auth/csrf"]) {
      const answer = await deployment.visitor().get(path, { headers: { Origin: origin } });
      const cors = corsOf(answer);
      expect(cors["access-control-allow-origin"]).toBe(origin);
      expect(cors["access-control-allow-credentials"]).toBe("true");
    }
  }
});

test("an allowed origin can read what is refused early: too large, not found, misdirected", async () => {
  const headers = { Origin: ALLOWED[0] ?? "" };
  const visitor = deployment.visitor();
  const answers = [
    await visitor.post("/api/v1/auth/login", "x".repeat(70_000), { headers }),
    await visitor.request("PUT", ME, { headers, csrf: false }),
    await visitor.get(ME, { headers: { ...headers, Host: "evil.example" } }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([413, 405, 421]);
  for (const answer of answers) {
    expect(corsOf(answer)["access-control-allow-origin"]).toBe(ALLOWED[0] ?? "");
    expect(corsOf(answer)["access-control-expose-headers"]).toContain("X-Request-Id");
  }
});

test("a preflight tells methods, headers and a max age of 86400", async () => {
  const answer = await preflight(ALLOWED[0] ?? "");
  expect([200, 204]).toContain(answer.status);
  const cors = corsOf(answer);
  const listOf = (name: string) => (cors[`${PREFIX}${name}`] ?? "").split(/, */).toSorted();
  expect(listOf("allow-methods")).toEqual(["DELETE", "GET", "OPTIONS", "PATCH", "POST", "PUT"]);
  expect(listOf("allow-headers")).toEqual(["Authorization", "Content-Type", "X-CSRFToken"]);
  expect(cors["access-control-max-age"]).toBe("86400");
  expect(cors["access-control-allow-origin"]).toBe(ALLOWED[0] ?? "");
  expect(cors["access-control-allow-credentials"]).toBe("true");
});

test("a preflight passes for every call, without a credential", async () => {
  for (const [path, method] of [
    ["/api/v1/auth/login", "POST"],
    ["/api/v1/auth/sessions", "DELETE"],
    ["/api/v1/auth/sessions/x", "DELETE"],
    ["/api/v1/auth/refresh", "POST"],
  ] as const) {
    const answer = await preflight(ALLOWED[0] ?? "", method, path);
    expect([200, 204]).toContain(answer.status);
    expect(corsOf(answer)["access-control-allow-origin"]).toBe(ALLOWED[0] ?? "");
  }
});

const REFUSED = [
  "https://evil.example",
  "null",
  "*",
  "https://localhost:3000",
  "http://localhost:3001",
  "http://localhost:30000",
  "http://localhost",
  "http://localhost:3000.evil.example",
  "http://evil.example/http://localhost:3000",
  "x://http://localhost:3000",
  "http://LOCALHOST:3000",
  "http://localhost:3000/",
  "http://sub.localhost:3000",
  "toString",
  "__proto__",
  "constructor",
  "",
];

test.each(REFUSED)("the origin %j is told nothing that an allowed one is", async (origin) => {
  const answers = [
    await deployment.visitor().get(ME, { headers: { Origin: origin } }),
    await deployment.visitor().get("/nothing", { headers: { Origin: origin } }),
    await preflight(origin),
  ];
  for (const answer of answers) expect(corsOf(answer)).toEqual({});
});

test("no answer says * or null, and each says that it depends on Origin", async () => {
  const origins = [...ALLOWED, ...REFUSED, undefined];
  for (const origin of origins) {
    const headers: Record<string, string> = origin === undefined ? {} : { Origin: origin };
    for (const path of [ME, "/login", "/nothing", "/api/v1/openapi.json"]) {
      const answer = await deployment.visitor().get(path, { headers });
      expect(["*", "null"]).not.toContain(answer.headers.get("access-control-allow-origin") ?? "-");
      expect(answer.headers.get("vary")?.split(/, */)).toContain("Origin");
    }
  }
});

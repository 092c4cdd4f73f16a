import { afterAll, beforeAll, expect, test } from "bun:test";
import { type Deployment, openDeployment } from "../support/deployment.ts";

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment();
});

afterAll(async () => {
  await deployment.close();
});

/** What readyz says. */
interface Readiness {
  readonly ok: boolean;
  readonly checks: readonly { name: string; ok: boolean; detail: string }[];
}

async function ready() {
  const { status, json } = await deployment.visitor().get("/readyz");
  return { status, ...(json as Readiness) };
}

test("GET healthz is 200 as long as the process is alive", async () => {
  const answer = await deployment.visitor().get("/healthz");
  expect([answer.status, answer.json]).toEqual([200, { status: "ok" }]);
});

test("GET readyz tells check by check that it can serve: database, mail, keys", async () => {
  const { status, ok, checks } = await ready();
  expect([status, ok]).toEqual([200, true]);
  expect(checks.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["database", "mail", "keys"]),
  );
  for (const check of checks) expect(check).toMatchObject({ ok: true, detail: expect.any(String) });
});

test("GET readyz is 503 while mail does not go out, and 200 again afterwards", async () => {
  deployment.smtp.behave("defer");
  const visitor = deployment.visitor();
  const body = {
    email: "stuck@example.com",
    username: "stuck",
    password: "correct-horse-battery-9",
  };
  await visitor.post("/api/v1/auth/signup", body);
  deployment.sql(
    "UPDATE outbox SET created_at = created_at - 3600000, due_at = ?",
    Date.now() + 60_000,
  );
  const { status, ok, checks } = await ready();
  expect([status, ok]).toEqual([503, false]);
  expect(checks.filter((check) => !check.ok).map(({ name }) => name)).toEqual(["mail"]);
  deployment.sql("DELETE FROM outbox");
  expect((await ready()).status).toBe(200);
});

test("GET readyz is 503 while the database takes no writes", async () => {
  const { Database } = await import("bun:sqlite");
  const other = new Database(`${deployment.folder}/data/postern.db`);
  other.run("BEGIN IMMEDIATE");
  try {
    const { status, checks } = await ready();
    expect(status).toBe(503);
    expect(checks.find(({ name }) => name === "database")?.ok).toBe(false);
    expect((await deployment.visitor().get("/healthz")).status).toBe(200);
  } finally {
    other.run("ROLLBACK");
    other.close();
  }
  expect((await ready()).status).toBe(200);
}, 30_000);

test("GET metrics is Prometheus text with what was answered, by route and not by path", async () => {
  await deployment.visitor().get("/api/v1/auth/sessions/canary-id");
  await deployment.visitor().get("/canary-path");
  await deployment
    .visitor()
    .post("/api/v1/auth/token", { identifier: "canary-name", password: "x" });
  const answer = await deployment.visitor().get("/metrics");
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toStartWith("text/plain; version=0.0.4");
  expect(answer.text).toMatch(/^# HELP \w+ .+\n# TYPE \w+ \w+/);
  expect(answer.text).toMatch(/route="\/api\/v1\/auth\/token",method="POST"/);
  expect(answer.text).not.toContain("canary");
  for (const line of answer.text.split("\n").filter((one) => one !== "")) {
    expect(line).toMatch(/^(?:#.*|[a-zA-Z_:][\w:]*(?:\{.*\})? (?:[-+]?[\d.eE+-]+|[+-]Inf|NaN))$/);
  }
});

import { afterAll, beforeAll, expect, test } from "bun:test";
import { type Deployment, openDeployment } from "../support/deployment.ts";
import { expectProblem } from "../support/expect_problem.ts";

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment();
});

afterAll(async () => {
  await deployment.close();
});

const OLD = "application/csp-report";
const NEW = "application/reports+json";

async function report(type: string, body: unknown) {
  const headers = { "Content-Type": type, Origin: null };
  return await deployment.visitor().post("/api/v1/csp-report", body, { csrf: false, headers });
}

function oldReport(fields: Readonly<Record<string, unknown>> = {}) {
  return {
    "csp-report": {
      "document-uri": "https://id.example.org/login?next=hush#token=hush",
      "effective-directive": "script-src-elem",
      "violated-directive": "script-src-elem",
      "blocked-uri": "https://evil.example/x.js?hush=1",
      "original-policy": "default-src 'none'",
      ...fields,
    },
  };
}

function newReport(path: string, fields: Readonly<Record<string, unknown>> = {}) {
  return {
    type: "csp-violation",
    age: 1,
    url: `https://id.example.org${path}?q=hush#token=hush`,
    user_agent: "x",
    body: {
      documentURL: `https://id.example.org${path}?q=hush#token=hush`,
      effectiveDirective: "img-src",
      blockedURL: "https://evil.example/a.png?hush=1",
      ...fields,
    },
  };
}

function kinds() {
  return deployment.sql<Record<string, string | number>>(
    "SELECT directive, blocked_origin, page_path, count FROM csp_reports ORDER BY rowid",
  );
}

test("both report formats are 204, stored without queries and fragments", async () => {
  const old = await report(OLD, oldReport());
  expect([old.status, old.text]).toEqual([204, ""]);
  const modern = await report(NEW, [newReport("/account")]);
  expect([modern.status, modern.text]).toEqual([204, ""]);
  expect(kinds()).toEqual([
    {
      directive: "script-src-elem",
      blocked_origin: "https://evil.example",
      page_path: "/login",
      count: 1,
    },
    {
      directive: "img-src",
      blocked_origin: "https://evil.example",
      page_path: "/account",
      count: 1,
    },
  ]);
  expect(JSON.stringify([...kinds(), ...deployment.sql("SELECT * FROM events")])).not.toContain(
    "hush",
  );
});

test("each kind is stored once, counted, and one event", async () => {
  const before = deployment.sql("SELECT seq FROM events WHERE action = 'csp_violation'").length;
  for (let n = 0; n < 5; n += 1) {
    await report(NEW, [newReport("/counted", { blockedURL: `https://evil.example/${n}` })]);
  }
  expect(kinds().filter((kind) => kind["page_path"] === "/counted")).toEqual([
    {
      directive: "img-src",
      blocked_origin: "https://evil.example",
      page_path: "/counted",
      count: 5,
    },
  ]);
  const after = deployment.sql("SELECT seq FROM events WHERE action = 'csp_violation'").length;
  expect(after - before).toBe(1);
});

test("one post can hold several reports, some of them of another type", async () => {
  const other = { type: "deprecation", url: "https://id.example.org/", body: { id: "x" } };
  const answer = await report(NEW, [
    other,
    newReport("/several/a"),
    newReport("/several/b"),
    1,
    null,
  ]);
  expect(answer.status).toBe(204);
  const paths = kinds().map((kind) => kind["page_path"]);
  expect(paths).toContain("/several/a");
  expect(paths).toContain("/several/b");
});

test("what is no report is 204 and stored nowhere", async () => {
  const before = kinds();
  const odd = [
    [OLD, {}],
    [OLD, { "csp-report": null }],
    [OLD, oldReport({ "effective-directive": "<script>", "violated-directive": 1 })],
    [OLD, oldReport({ "document-uri": "javascript:alert(1)" })],
    [NEW, {}],
    [NEW, [{}]],
    [NEW, [newReport("/x", { effectiveDirective: "a".repeat(1_000) })]],
    [NEW, "nonsense"],
    [NEW, ""],
  ] as const;
  for (const [type, body] of odd) expect((await report(type, body)).status).toBe(204);
  expect(kinds()).toEqual(before);
});

test("another content type is 415, and more than 64 KiB 413", async () => {
  expectProblem(await report("text/plain", "x"), "unsupported_media_type");
  expectProblem(
    await report(NEW, JSON.stringify([newReport(`/${"a".repeat(66_000)}`)])),
    "too_large",
  );
});

test("credentials are not asked for, and bad ones do not matter", async () => {
  const answer = await deployment.visitor().post("/api/v1/csp-report", [newReport("/anonymous")], {
    csrf: false,
    headers: {
      "Content-Type": NEW,
      Authorization: "Bearer nonsense",
      Cookie: "sessionid=nonsense",
      Origin: "null",
    },
  });
  expect(answer.status).toBe(204);
});

test("at most 1,000 kinds are stored, and what was seen more than once outlives a flood", async () => {
  const kept = newReport("/flood/kept");
  for (let time = 0; time < 2; time += 1) await report(NEW, [kept]);
  const flood = Array.from({ length: 55 }, (_, post) =>
    Array.from({ length: 20 }, (_, n) => newReport(`/flood/${post}/${n}`)),
  );
  for (const reports of flood) expect((await report(NEW, reports)).status).toBe(204);
  expect(kinds()).toHaveLength(1_000);
  await report(NEW, [kept]);
  const counted = kinds().find((kind) => kind["page_path"] === "/flood/kept");
  expect(counted?.["count"]).toBe(3);
}, 180_000);

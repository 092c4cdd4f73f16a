import { afterAll, beforeAll, expect, test } from "bun:test";
import { type Deployment, GOOD_PASSWORD, openDeployment } from "../support/deployment.ts";
import { expectFieldProblems, expectProblem } from "../support/expect_problem.ts";
import { requestHead, sendRaw } from "../support/raw_http.ts";

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment();
});

afterAll(async () => {
  await deployment.close();
});

const TOKEN = "/api/v1/auth/token";

test("a body over 64 KiB is 413, and one of 64 KiB is read", async () => {
  const visitor = deployment.visitor();
  const body = (bytes: number) => {
    const frame = JSON.stringify({ identifier: "nobody", password: "x", filling: "" });
    return frame.replace('""', `"${"a".repeat(bytes - frame.length)}"`);
  };
  expectProblem(await visitor.post(TOKEN, body(65_537)), "too_large");
  expectProblem(await visitor.post(TOKEN, body(65_536)), "invalid_credentials");
});

test.each([1_048_577, 134_217_729, 1e12])(
  "a body that says it has %d bytes is our own 413",
  async (bytes) => {
    const head = requestHead(
      `POST ${TOKEN} HTTP/1.1`,
      "Host: localhost",
      "Content-Type: application/json",
      `Content-Length: ${bytes}`,
    );
    const answer = await sendRaw(deployment.server.url, `${head}{"identifier":`);
    expect(answer.status).toBe(413);
    expect(JSON.parse(answer.body)).toMatchObject({ code: "too_large", status: 413 });
    expect(answer.headers.map(([name]) => name)).toContain("x-request-id");
  },
);

test("a body over 64 KiB is 413 where it does not say how long it is (chunked)", async () => {
  const body = new ReadableStream({
    start(controller) {
      for (let n = 0; n < 9; n += 1) controller.enqueue(new Uint8Array(8_192).fill(0x20));
      controller.close();
    },
  });
  const response = await fetch(`${deployment.server.url}${TOKEN}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Forwarded-For": "10.255.0.1" },
    body,
  });
  expect(response.status).toBe(413);
  expect(await response.json()).toMatchObject({ code: "too_large", status: 413 });
});

const NOT_JSON: readonly (readonly [what: string, body: string | Uint8Array])[] = [
  ["is empty", ""],
  ["is cut off", '{"identifier":"a","password":'],
  ["has single quotes", "{'identifier':'a'}"],
  ["has something behind it", '{"identifier":"a","password":"b"}}'],
  ["is an array", '["a"]'],
  ["is a string", '"a"'],
  ["is a number", "1"],
  ["is null", "null"],
  ["is 200 000 deep (stack overflow)", `{"a":${"[".repeat(30_000)}${"]".repeat(30_000)}}`],
  ["names a field twice", '{"identifier":"a","identifier":"b","password":"c"}'],
  ["names a field twice in other letters", '{"password":"b","p\\u0061ssword":"c"}'],
  ["has a byte order mark", '\uFEFF{"identifier":"a","password":"b"}'],
  ["is not UTF-8", new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
  ["is UTF-16", new Uint8Array(Buffer.from('{"identifier":"a"}', "utf16le"))],
  ["is a form", "identifier=a&password=b"],
];

test.each(NOT_JSON)("JSON that %s is 400 invalid_json", async (_, body) => {
  const headers = { "Content-Type": "application/json" };
  expectProblem(await deployment.visitor().post(TOKEN, body, { headers }), "invalid_json");
});

test("a field of the wrong type is 422 with its name in errors", async () => {
  const visitor = deployment.visitor();
  const wrong = [1, true, {}, [], null, ["a"]];
  for (const password of wrong) {
    const answer = await visitor.post(TOKEN, { identifier: "nobody", password });
    expectFieldProblems(answer, ["password", "invalid_request"]);
  }
  const both = await visitor.post("/api/v1/auth/password/reset", { token: 1, new_password: {} });
  expectFieldProblems(both, ["token", "invalid_request"], ["new_password", "invalid_request"]);
});

test("a missing field is 422 with its name in errors", async () => {
  const answer = await deployment.visitor().post("/api/v1/auth/signup", { name: "Ada" });
  expectFieldProblems(
    answer,
    ["email", "invalid_request"],
    ["username", "invalid_request"],
    ["password", "invalid_request"],
  );
});

test("an unknown field is ignored and never stored", async () => {
  const visitor = deployment.visitor();
  const canary = "stowaway-canary";
  const answer = await visitor.post("/api/v1/auth/signup", {
    email: "unknown-field@example.com",
    username: "unknown-field",
    password: GOOD_PASSWORD,
    role: "owner",
    email_verified: true,
    id: 4_711,
    note: canary,
  });
  expect(answer.status).toBe(202);
  const { token } = await deployment.nextLink("unknown-field@example.com");
  const verified = await visitor.post("/api/v1/auth/verify-email", { token, role: canary });
  expect(verified.json).toMatchObject({ user: { role: null, username: "unknown-field" } });
  const tables = deployment.sql<{ name: string }>(
    "SELECT name FROM sqlite_master WHERE type = 'table'",
  );
  for (const { name } of tables) {
    expect(JSON.stringify(deployment.sql(`SELECT * FROM "${name}"`))).not.toContain(canary);
  }
});

test("fields that every object has are no fields (prototype pollution)", async () => {
  const body =
    '{"__proto__":{"password":"x","identifier":"a"},"constructor":{"prototype":{"password":"x"}}}';
  const headers = { "Content-Type": "application/json" };
  const answer = await deployment.visitor().post(TOKEN, body, { headers });
  const missing = (name: string) => [name, "invalid_request"] as const;
  expectFieldProblems(answer, missing("password"), missing("identifier"));
});

const WRONG_TYPES = [
  "text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "application/xml",
  "application/jsonp",
  "application/json; charset=utf-16",
  "text/plain; application/json",
];

test.each(WRONG_TYPES)("a body of type %s is 415", async (type) => {
  const body = JSON.stringify({ identifier: "nobody", password: "x" });
  const headers = { "Content-Type": type };
  const answer = await deployment.visitor().post(TOKEN, body, { headers });
  expectProblem(answer, "unsupported_media_type");
});

test("a body without a type is 415 (a form of another site)", async () => {
  const body = new TextEncoder().encode('{"identifier":"nobody","password":"x"}');
  const answer = await deployment
    .visitor()
    .post(TOKEN, body, { headers: { "Content-Type": null } });
  expectProblem(answer, "unsupported_media_type");
});

test.each([
  "application/json",
  "application/JSON; charset=UTF-8",
  "application/json;charset=utf-8",
])("a body of type %s is read", async (type) => {
  const headers = { "Content-Type": type };
  const body = JSON.stringify({ identifier: "nobody", password: "x" });
  const answer = await deployment.visitor().post(TOKEN, body, { headers });
  expectProblem(answer, "invalid_credentials");
});

test("a call that takes no body needs neither body nor content type", async () => {
  const account = await deployment.newAccount();
  const bare = { headers: { "Content-Type": null } };
  const ended = await account.browser.request("DELETE", "/api/v1/auth/sessions", bare);
  expect([ended.status, ended.text]).toEqual([204, ""]);
  const refreshed = await account.browser.post("/api/v1/auth/refresh", undefined, bare);
  expect(refreshed.status).toBe(200);
  const left = await account.browser.post("/api/v1/auth/logout", undefined, bare);
  expect(left.status).toBe(200);
});

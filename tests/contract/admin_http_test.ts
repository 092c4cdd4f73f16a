/**
 * The door to the procedures of administration, as requests see it.
 *
 * @module
 */

import { afterAll, beforeAll, expect, test } from "bun:test";
import type { UserActor } from "@postern/auth";
import { createAdminRpc } from "@postern/server/http/admin_rpc.ts";
import { err, ok } from "@postern/std";
import { BODY_LIMIT_BYTES } from "@postern/wire";
import { type Administration, openAdministration } from "../support/administration.ts";

const URL_OF_DOOR = "http://localhost:8000/admin/trpc";
const JSON_TYPE = { "content-type": "application/json" };

let administration: Administration;
const noted: string[] = [];
let actor: UserActor | null;
let answer: (request: Request) => Promise<Response>;
const broken: unknown[] = [];

beforeAll(async () => {
  administration = await openAdministration();
  const { user } = await administration.admin("security");
  actor = administration.actor(user, 0);
  answer = createAdminRpc({
    admin: administration.deps,
    authenticate: async () => (actor === null ? err({ code: "invalid_token" }) : ok(actor)),
    limitHeaders: ({ limit, retryAfterMs }) => ({ "retry-after": `${limit} ${retryAfterMs}` }),
    noteLimited: ({ username }, limit) => noted.push(`${username} ${limit}`),
    onError: (cause) => broken.push(cause),
  });
});

afterAll(async () => {
  await administration[Symbol.asyncDispose]();
});

async function call(path: string, init: RequestInit = {}) {
  const response = await answer(new Request(`${URL_OF_DOOR}/${path}`, init));
  return { response, status: response.status, body: readAnswer(await response.text()) };
}

interface Answered {
  readonly result: { readonly data: Readonly<Record<string, unknown>> };
  readonly error: { readonly data: { readonly code: string } };
}

function readAnswer(text: string): Answered {
  return JSON.parse(text) as Answered;
}

function post(body: string, headers: Record<string, string> = JSON_TYPE): RequestInit {
  return { method: "POST", headers, body };
}

test("a query is a GET and a mutation a POST, in plain JSON, never stored", async () => {
  const listed = await call(`users.list?input=${encodeURIComponent('{"query":"role:security"}')}`);
  expect(listed.body.result.data["items"]).toHaveLength(1);
  expect(listed.response.headers.get("cache-control")).toBe("no-store");
  const edited = await call("limits.update", post('{"id":"signed_in","count":9}'));
  expect(edited.body.result.data).toMatchObject({ id: "signed_in", count: 9 });
});

test("a mutation by GET changes nothing (cross-site request forgery)", async () => {
  const input = encodeURIComponent('{"id":"signed_in","count":1}');
  const { status, body } = await call(`limits.update?input=${input}`);
  expect([status, body.error.data.code]).toEqual([405, "method_not_allowed"]);
  const row = (await administration.core.store.listLimits()).find(({ id }) => id === "signed_in");
  expect(row?.count).not.toBe(1);
});

test("each refusal has our code in data.code, its status, and no stack", async () => {
  const cases = [
    ["none.such", undefined, 404, "not_found"],
    ["users.setRole", post('{"id":"1","role":null}'), 403, "forbidden"],
    ["users.block", post('{"id":"999"}'), 404, "not_found"],
    ["users.block", post('{"id":"x"}'), 422, "invalid_request"],
    ["users.list?input=%7B%22query%22%3A%22a%3Ab%22%7D", undefined, 422, "invalid_request"],
    ["users.block", post("{"), 400, "invalid_json"],
    ["users.block", post("id=1", { "content-type": "text/plain" }), 415, "unsupported_media_type"],
    ["users.block", post(`"${"x".repeat(BODY_LIMIT_BYTES)}"`), 413, "too_large"],
    ["users.list", { method: "PUT", headers: JSON_TYPE, body: "{}" }, 405, "method_not_allowed"],
    ["users.list", { headers: { Origin: "http://localhost:8000" } }, 403, "forbidden"],
  ] as const;
  for (const [path, init, status, code] of cases) {
    const found = await call(path, init);
    expect([path, found.status, found.body.error.data.code]).toEqual([path, status, code]);
    expect(JSON.stringify(found.body)).not.toContain("stack");
  }
  expect(broken).toEqual([]);
});

test("a field of the wrong type is 422, and each is named as REST names it", async () => {
  const { status, body } = await call("limits.update", post('{"id":7,"count":"secret"}'));
  expect(status).toBe(422);
  const { errors } = body.error.data as unknown as { errors: readonly { path: string }[] };
  expect(errors.map(({ path }) => path)).toEqual(["id", "count"]);
  expect(JSON.stringify(body)).not.toContain("secret");
});

test("more than twenty calls in one request are refused, and none is made", async () => {
  const batch = (count: number) => {
    const paths = Array.from({ length: count }, () => "limits.list").join(",");
    return call(`${paths}?batch=1&input=%7B%7D`);
  };
  expect((await batch(20)).body).toHaveLength(20);
  const { status, body } = await batch(21);
  expect(status).toBe(400);
  expect(JSON.stringify(body)).toContain("invalid_request");
});

test("who is not known is refused for each call, by whatever code says why", async () => {
  const known = actor;
  actor = null;
  const { status, body } = await call("users.list");
  actor = known;
  expect([status, body.error.data.code]).toEqual([401, "invalid_token"]);
});

test("a body that is no object is 400, as everywhere, and none that names a field twice is read", async () => {
  const bodies = [
    '"x"',
    "[]",
    "null",
    "7",
    '{"id":"1","id":"2"}',
    `${"[".repeat(20_000)}`,
    "\ufeff{}",
  ];
  for (const sent of bodies) {
    for (const path of ["users.block", "users.block?batch=1"]) {
      const { status, body } = await call(path, post(sent));
      expect([status, body.error.data.code]).toEqual([400, "invalid_json"]);
    }
  }
  const packed = post("{}", { ...JSON_TYPE, "content-encoding": "gzip" });
  expect((await call("users.block", packed)).status).toBe(415);
});

test("who is not known is told how to ask: a token that is bound to a key (RFC 9449, section 7.1)", async () => {
  const known = actor;
  actor = null;
  const { response } = await call("users.list");
  actor = known;
  expect(response.headers.get("www-authenticate")).toBe(
    'DPoP algs="EdDSA ES256", error="invalid_token"',
  );
});

test("a limit that a procedure reaches is noted, and tells when to come back", async () => {
  const limits = administration.core.store.listLimits();
  const one = (await limits).map((limit) => ({ ...limit, count: 1 }));
  administration.limiter.replace(one);
  const invite = () => call("users.invite", post('{"email":"often@example.com"}'));
  expect((await invite()).status).toBe(200);
  const { status, body, response } = await invite();
  expect([status, body.error.data.code]).toEqual([429, "rate_limited"]);
  expect(response.headers.get("retry-after")).toStartWith("admin_mail_user ");
  expect(noted).toEqual(["security admin_mail_user"]);
});

test("a slash at the end of a path is as good as none", async () => {
  expect((await call("limits.list/")).status).toBe(200);
  expect((await call("limits.list/?input=%7B%7D")).status).toBe(200);
});

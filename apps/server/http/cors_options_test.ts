import { expect, test } from "bun:test";
import { cors } from "@elysiajs/cors";
import { Elysia } from "elysia";
import { corsOptions, createOriginCheck, finishCors } from "./cors_options.ts";

const LISTED = "https://app.example.org";
const isAllowedOrigin = createOriginCheck([LISTED, "http://localhost:3000"]);

const app = new Elysia()
  .use(cors(corsOptions(isAllowedOrigin)))
  .get("/plain", () => "plain")
  .post("/plain", () => "plain")
  .get("/vary", ({ set }) => {
    set.headers.vary = "Accept-Language";
    return "vary";
  })
  .get("/response", () => new Response("response", { headers: { vary: "accept, ORIGIN" } }))
  .get("/star", () => new Response("star", { headers: { vary: "*" } }))
  .get("/broken", () => {
    throw new Error("Broken");
  });

/** What a caller sees: the plugin's answer, finished. Only the headers that have to do with CORS. */
async function call(path: string, init: RequestInit = {}): Promise<Record<string, string>> {
  const request = new Request(`http://localhost${path}`, init);
  const response = await app.handle(request);
  const origin = request.headers.get("origin");
  finishCors(response.headers, origin, isAllowedOrigin(origin));
  const headers = [...response.headers].filter(
    ([name]) => name.startsWith("access-control-") || name === "vary",
  );
  return { status: String(response.status), ...Object.fromEntries(headers) };
}

function preflight(origin: string, method = "PATCH"): RequestInit {
  return {
    method: "OPTIONS",
    headers: {
      origin,
      "access-control-request-method": method,
      "access-control-request-headers": "x-csrftoken, x-evil",
    },
  };
}

test("an allowed origin is echoed, with credentials", async () => {
  for (const origin of [LISTED, "http://localhost:3000"]) {
    expect(await call("/plain", { headers: { origin } })).toEqual({
      status: "200",
      "access-control-allow-origin": origin,
      "access-control-allow-credentials": "true",
      "access-control-allow-methods": "GET, POST, PATCH, PUT, DELETE, OPTIONS",
      "access-control-allow-headers": "X-CSRFToken, Content-Type, Authorization",
      "access-control-expose-headers": "X-Request-Id, Retry-After, RateLimit, RateLimit-Policy",
      vary: "Origin",
    });
  }
});

test("a preflight of an allowed origin is answered for a day", async () => {
  expect(await call("/plain", preflight(LISTED))).toEqual({
    status: "204",
    "access-control-allow-origin": LISTED,
    "access-control-allow-credentials": "true",
    "access-control-allow-methods": "GET, POST, PATCH, PUT, DELETE, OPTIONS",
    "access-control-allow-headers": "X-CSRFToken, Content-Type, Authorization",
    "access-control-expose-headers": "X-Request-Id, Retry-After, RateLimit, RateLimit-Policy",
    "access-control-max-age": "86400",
    vary: "Origin",
  });
});

const REFUSED = [
  "https://evil.example",
  "null",
  "*",
  "https://app.example.org.evil.example",
  "https://evilapp.example.org",
  "https://sub.app.example.org",
  "http://app.example.org",
  "https://app.example.org:8443",
  "https://app.example.org/",
  "HTTPS://APP.EXAMPLE.ORG",
  "app.example.org",
  "localhost:3000",
  "https://localhost:3000",
  "http://127.0.0.1:3000",
  "x://https://app.example.org",
  "https://app.example.org, https://evil.example",
  "toString",
  "constructor",
  "__proto__",
  "hasOwnProperty",
];

test.each(REFUSED)(
  "the origin %p is allowed nothing, nor told what others are (credentialed read)",
  async (origin) => {
    const nothing = { status: "200", vary: "Origin" };
    expect(await call("/plain", { headers: { origin } })).toEqual(nothing);
    expect(await call("/plain", { method: "POST", headers: { origin } })).toEqual(nothing);
    expect(await call("/plain", preflight(origin))).toEqual({ ...nothing, status: "204" });
  },
);

test("errors and unknown paths allow a refused origin nothing either", async () => {
  const headers = { origin: "https://evil.example" };
  expect(await call("/broken", { headers })).toEqual({ status: "500", vary: "Origin" });
  expect(await call("/nowhere", { headers })).toEqual({ status: "404", vary: "Origin" });
});

test("errors and unknown paths can be read by an allowed origin", async () => {
  const headers = { origin: LISTED };
  for (const path of ["/broken", "/nowhere"]) {
    expect((await call(path, { headers }))["access-control-allow-origin"]).toBe(LISTED);
  }
});

test("a call without Origin is allowed no origin, least of all every one", async () => {
  for (const init of [{}, { headers: { origin: "" } }, { method: "OPTIONS" }]) {
    const headers = await call("/plain", init);
    expect(headers["access-control-allow-origin"]).toBeUndefined();
    expect(headers["vary"]).toBe("Origin");
  }
});

test("every answer varies by Origin, whatever the route says (cache poisoning)", async () => {
  for (const origin of [LISTED, "https://evil.example"]) {
    const headers = { origin };
    expect((await call("/vary", { headers }))["vary"]).toBe("Accept-Language, Origin");
    expect((await call("/response", { headers }))["vary"]).toBe("accept, ORIGIN");
    expect((await call("/star", { headers }))["vary"]).toBe("*");
  }
});

test("finishCors() makes an answer that the plugin never saw vary too", () => {
  const headers = new Headers();
  finishCors(headers, null, false);
  expect([...headers]).toEqual([["vary", "Origin"]]);
});

test("finishCors() lets an allowed origin read an answer that the plugin never saw", () => {
  const headers = new Headers();
  finishCors(headers, LISTED, true);
  expect([...headers]).toEqual([
    ["access-control-allow-credentials", "true"],
    ["access-control-allow-origin", LISTED],
    ["access-control-expose-headers", "X-Request-Id, Retry-After, RateLimit, RateLimit-Policy"],
    ["vary", "Origin"],
  ]);
});

test("createOriginCheck() is exact", () => {
  expect(isAllowedOrigin(LISTED)).toBe(true);
  expect(isAllowedOrigin(null)).toBe(false);
  for (const origin of REFUSED) expect(isAllowedOrigin(origin)).toBe(false);
});

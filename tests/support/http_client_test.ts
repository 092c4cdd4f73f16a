import { afterAll, expect, test } from "bun:test";
import { createHttpClient } from "./http_client.ts";

/** Says back what it was sent, and sets the cookies that the query asks for. */
const server = Bun.serve({
  port: 0,
  hostname: "127.0.0.1",
  async fetch(request) {
    const url = new URL(request.url);
    const headers = new Headers({ "Content-Type": "application/problem+json" });
    if (url.pathname === "/api/v1/auth/csrf") headers.append("Set-Cookie", "csrftoken=t0; Path=/");
    if (url.pathname === "/moved") headers.set("Location", "/elsewhere");
    for (const cookie of url.searchParams.getAll("set")) headers.append("Set-Cookie", cookie);
    const said = { method: request.method, headers: Object.fromEntries(request.headers) };
    const answer = JSON.stringify({ ...said, body: await request.text() });
    return new Response(answer, { headers, status: url.pathname === "/moved" ? 302 : 200 });
  },
});
const url = server.url.href;

afterAll(() => server.stop(true));

interface Echo {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

test("post() fetches the CSRF token first and sends it with cookie and Origin", async () => {
  const client = createHttpClient({ url });
  const { json } = await client.post("/echo", { a: 1 });
  const { headers, body } = json as Echo;
  expect(headers["x-csrftoken"]).toBe("t0");
  expect(headers["cookie"]).toBe("csrftoken=t0");
  expect(headers["origin"]).toBe(new URL(url).origin);
  expect(headers["content-type"]).toBe("application/json");
  expect(body).toBe('{"a":1}');
});

test("get() sends neither Origin nor CSRF token", async () => {
  const client = createHttpClient({ url });
  await client.get("/api/v1/auth/csrf");
  const { headers } = (await client.get("/echo")).json as Echo;
  expect(headers["origin"]).toBeUndefined();
  expect(headers["x-csrftoken"]).toBeUndefined();
  expect(headers["cookie"]).toBe("csrftoken=t0");
});

test("request() lets a caller leave out what a browser would send", async () => {
  const client = createHttpClient({ url, origin: "https://id.example.org" });
  const own = { headers: { Origin: null, Cookie: "a=1; a=2" }, csrf: false, body: "not json" };
  const { headers, body } = (await client.request("PUT", "/echo", own)).json as Echo;
  expect(headers["origin"]).toBeUndefined();
  expect(headers["x-csrftoken"]).toBeUndefined();
  expect(headers["cookie"]).toBe("a=1; a=2");
  expect(body).toBe("not json");
});

test("the jar keeps, replaces and drops cookies, prefixed ones too", async () => {
  const client = createHttpClient({ url });
  await client.get("/?set=__Host-sessionid%3Da%3Db%3B+Secure%3B+Path%3D/%3B+HttpOnly&set=x%3D1");
  expect(client.jar.find("sessionid")).toBe("a=b");
  expect(client.jar.cookies.get("__Host-sessionid")?.attributes).toEqual({
    secure: "",
    path: "/",
    httponly: "",
  });
  expect(client.jar.header()).toBe("__Host-sessionid=a=b; x=1");
  await client.get("/?set=x%3D%3B+Max-Age%3D0");
  await client.get("/?set=__Host-sessionid%3D%3B+Expires%3DThu,+01+Jan+1970+00:00:00+GMT");
  expect(client.jar.header()).toBeUndefined();
});

test("request() does not follow redirects", async () => {
  const { status, headers } = await createHttpClient({ url }).get("/moved");
  expect(status).toBe(302);
  expect(headers.get("Location")).toBe("/elsewhere");
});

import { afterAll, beforeAll, expect, test } from "bun:test";
import {
  type Account,
  type Deployment,
  freshName,
  GOOD_PASSWORD,
  openDeployment,
} from "../support/deployment.ts";
import { expectProblem } from "../support/expect_problem.ts";
import type { Answer } from "../support/http_client.ts";
import { AUTH, cookieOf, newPair } from "./_acts.ts";

let deployment: Deployment;
let victim: Account;

beforeAll(async () => {
  deployment = await openDeployment();
  victim = await deployment.newAccount();
});

afterAll(async () => {
  await deployment.close();
});

/** Names of headers; `null` leaves one out that the client would send. */
type Headers = Readonly<Record<string, string | null>>;

/** Changes the victim's name with the victim's own cookies, as another site would make a browser do. */
async function forge(headers: Headers, name = "forged"): Promise<Answer> {
  const { browser } = victim;
  return await browser.request("PATCH", `${AUTH}/me`, { body: { name }, headers });
}

function nameNow(): unknown {
  return deployment.sql("SELECT name FROM users WHERE id = ?", Number(victim.id))[0]?.["name"];
}

/** Tokens that are genuine, but somebody else's. */
async function tokensOfOthers(): Promise<readonly string[]> {
  const stranger = await deployment.newAccount();
  const elsewhere = await deployment.signIn(victim);
  const anonymous = deployment.visitor();
  await anonymous.get(`${AUTH}/csrf`);
  return [stranger.browser, elsewhere, anonymous].map((visitor) => cookieOf(visitor, "csrftoken"));
}

test("without the header, with an empty or another one, a cookie-bearing call is csrf_failed", async () => {
  const own = cookieOf(victim.browser, "csrftoken");
  const sent = [null, "", "x", own.slice(0, -1), `${own}x`, own.toUpperCase(), `${own}, ${own}`];
  for (const token of sent) {
    expectProblem(await forge({ "X-CSRFToken": token }), "csrf_failed");
  }
  expect(nameNow()).toBeNull();
  expect((await forge({}, "own")).status).toBe(200);
});

test("a planted pair of another session, another browser or nobody is csrf_failed (cookie tossing)", async () => {
  const cookies = [...victim.browser.jar.cookies].filter(([name]) => name !== "csrftoken");
  const without = cookies.map(([name, { value }]) => `${name}=${value}`).join("; ");
  const forged = ["planted", "a.b", cookieOf(victim.browser, "csrftoken").replace(/[.].*/, ".")];
  for (const token of [...(await tokensOfOthers()), ...forged]) {
    const headers = { Cookie: `${without}; csrftoken=${token}`, "X-CSRFToken": token };
    expectProblem(await forge(headers), "csrf_failed");
  }
  expect(nameNow()).toBe("own");
});

test("an Origin that only resembles an allowed one is csrf_failed", async () => {
  const { origin, host, port } = new URL(deployment.server.publicUrl);
  const resembling = [
    "null",
    "",
    "https://evil.example",
    `${origin}.evil.example`,
    `${origin}@evil.example`,
    `https://${host}`,
    `http://evil.localhost:${port}`,
    `http://localhost:${Number(port) + 1}`,
    "http://localhost",
    `${origin}/`,
    origin.toUpperCase(),
    `${origin}, ${origin}`,
    `x://${origin}`,
    "http://localhost:3000.evil.example",
    "toString",
    "http://127.0.0.1:30000",
  ];
  for (const Origin of resembling) {
    const answer = await forge({ Origin });
    if (Origin === "") continue;
    expectProblem(answer, "csrf_failed");
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
    expect(answer.headers.get("access-control-allow-credentials")).toBeNull();
  }
  expect(nameNow()).not.toBe("forged");
  for (const Origin of [origin, "http://localhost:3000", null]) {
    expect((await forge({ Origin }, "own")).status).toBe(200);
  }
});

test("a form of another site is refused by its content type, whatever it says (login CSRF)", async () => {
  const types = [
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "text/plain; application/json",
    "application/jsonp",
    "application/json, text/plain",
    null,
  ];
  const body = JSON.stringify({ identifier: victim.username, password: victim.password });
  for (const path of ["login", "token", "signup", "verify-email", "password/reset", "email/undo"]) {
    for (const type of types) {
      const visitor = deployment.visitor();
      const headers = { "Content-Type": type };
      const answer = await visitor.post(`${AUTH}/${path}`, new TextEncoder().encode(body), {
        headers,
      });
      expectProblem(answer, "unsupported_media_type");
    }
  }
});

test("login and signup need the pair even without any cookie (login CSRF)", async () => {
  const login = { identifier: victim.username, password: victim.password };
  const email = `${freshName()}@example.com`;
  const signup = { email, username: freshName(), password: GOOD_PASSWORD };
  const others = await tokensOfOthers();
  for (const [path, body] of [
    ["login", login],
    ["signup", signup],
  ] as const) {
    for (const token of [null, "x", ...others]) {
      const cookies =
        token === null ? [null] : [null, `csrftoken=${token}`, `browser=x; csrftoken=${token}`];
      for (const Cookie of cookies) {
        const headers = { Cookie, "X-CSRFToken": token };
        const answer = await deployment.visitor().post(`${AUTH}/${path}`, body, { headers });
        expectProblem(answer, "csrf_failed");
        expect(answer.headers.getSetCookie()).toEqual([]);
      }
    }
  }
});

test("a pair from before sign-in does not serve after it, nor one from before sign-out", async () => {
  const browser = deployment.visitor();
  await browser.get(`${AUTH}/csrf`);
  const early = cookieOf(browser, "csrftoken");
  const body = { identifier: victim.username, password: victim.password };
  expect((await browser.post(`${AUTH}/login`, body)).status).toBe(200);
  expect(cookieOf(browser, "csrftoken")).not.toBe(early);
  const cookie = `sessionid=${cookieOf(browser, "sessionid")}; browser=${cookieOf(browser, "browser")}`;
  const headers = { Cookie: `${cookie}; csrftoken=${early}`, "X-CSRFToken": early };
  const answer = await browser.request("PATCH", `${AUTH}/me`, { body: {}, headers });
  expectProblem(answer, "csrf_failed");
});

test("a Bearer token needs no pair, but lends its trust to no cookie beside it (confused deputy)", async () => {
  const stranger = await deployment.newAccount();
  const { access_token: token } = await newPair(deployment, stranger);
  const Cookie = victim.browser.jar.header() ?? "";
  const headers = { Cookie, Authorization: `Bearer ${token}`, "X-CSRFToken": null };
  const body = { name: "by the bearer" };
  const call = { body, headers, csrf: false };
  const answer = await deployment.visitor().request("PATCH", `${AUTH}/me`, call);
  expect(answer.json).toMatchObject({ username: stranger.username, name: "by the bearer" });
  expect(nameNow()).not.toBe("by the bearer");
  for (const Authorization of [`Bearer ${token}`, "Bearer x", "Bearer ", "Basic x"]) {
    const request = { headers: { Cookie, Authorization, "X-CSRFToken": null }, csrf: false };
    const refreshed = await deployment.visitor().request("POST", `${AUTH}/refresh`, request);
    expectProblem(refreshed, "csrf_failed");
    expect(refreshed.headers.getSetCookie()).toEqual([]);
  }
  for (const Authorization of ["Bearer", "Bearer ", "bearer x", `Bearer  ${token}`]) {
    const request = { body, headers: { Cookie, Authorization } };
    const refused = await deployment.visitor().request("PATCH", `${AUTH}/me`, request);
    expectProblem(refused, "invalid_token");
  }
  expect(nameNow()).not.toBe("by the bearer");
});

test("every unsafe call refuses cookies without the pair", async () => {
  const calls = [
    ["PATCH", "me"],
    ["POST", "email/change"],
    ["POST", "password/change"],
    ["POST", "password/forgot"],
    ["POST", "password/reset"],
    ["POST", "email/undo"],
    ["POST", "verify-email"],
    ["POST", "token"],
    ["POST", "login"],
    ["POST", "signup"],
    ["POST", "refresh"],
    ["DELETE", "sessions"],
    ["DELETE", `sessions/${crypto.randomUUID()}`],
  ] as const;
  for (const [method, path] of calls) {
    const request = {
      body: method === "DELETE" ? undefined : {},
      headers: { "X-CSRFToken": null },
    };
    const answer = await victim.browser.request(method, `${AUTH}/${path}`, request);
    expectProblem(answer, "csrf_failed");
  }
  expect((await victim.browser.get(`${AUTH}/me`)).status).toBe(200);
});

test("a preflight tells an origin that is not allowed nothing, and an allowed one just what it may", async () => {
  const ask = (origin: string) =>
    deployment.visitor().request("OPTIONS", `${AUTH}/login`, {
      headers: {
        Origin: origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type, x-csrftoken, x-evil",
      },
    });
  const allowances = (answer: Answer) =>
    Object.fromEntries([...answer.headers].filter(([name]) => name.startsWith("access-control-")));
  for (const origin of ["null", "https://evil.example", "http://localhost:30000", "toString"]) {
    const answer = await ask(origin);
    expect(allowances(answer)).toEqual({});
    expect(answer.headers.get("vary")).toContain("Origin");
  }
  const answer = await ask("http://localhost:3000");
  expect(allowances(answer)).toMatchObject({
    "access-control-allow-origin": "http://localhost:3000",
    "access-control-allow-credentials": "true",
    "access-control-allow-headers": "X-CSRFToken, Content-Type, Authorization",
    "access-control-max-age": "86400",
  });
});

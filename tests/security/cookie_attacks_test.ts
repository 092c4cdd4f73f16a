import { afterAll, beforeAll, expect, test } from "bun:test";
import { type Account, type Deployment, openDeployment } from "../support/deployment.ts";
import { expectProblem } from "../support/expect_problem.ts";
import type { Answer, HttpRequest } from "../support/http_client.ts";
import { AUTH, askMeBy, cookieOf } from "./_acts.ts";

const PUBLIC_URL = "https://id.example.org";
const SECRET_KEY = Buffer.alloc(32, 9).toString("base64url");

let plain: Deployment;
let secure: Deployment;

beforeAll(async () => {
  plain = await openDeployment();
  secure = await openDeployment({ env: { PUBLIC_URL, SECRET_KEY } });
});

afterAll(async () => {
  await plain.close();
  await secure.close();
});

const HTTPS = { Host: "id.example.org", "X-Forwarded-Proto": "https" };

/** Somebody with an account at the server behind https. */
async function newSecureAccount(): Promise<Account> {
  const browser = secure.visitor({ headers: HTTPS });
  return await secure.newAccount({ browser });
}

async function askSecurely(request: HttpRequest): Promise<Answer> {
  return await secure.visitor({ headers: HTTPS }).get(`${AUTH}/me`, request);
}

test("behind https every cookie has the prefix __Host-, Secure, and no Domain", async () => {
  const { browser } = await newSecureAccount();
  const names = ["access_token", "browser", "csrftoken", "refresh_token", "sessionid"];
  expect([...browser.jar.cookies.keys()].toSorted()).toEqual(names.map((name) => `__Host-${name}`));
  for (const { attributes } of browser.jar.cookies.values()) {
    expect(attributes).toMatchObject({ secure: "", path: "/", samesite: "Lax" });
    expect(attributes["domain"]).toBeUndefined();
  }
});

test("under a prefix, cookies with the bare names count for nothing (cookie tossing)", async () => {
  const { browser } = await newSecureAccount();
  for (const name of ["sessionid", "access_token"]) {
    const value = cookieOf(browser, name);
    const good = { Cookie: `__Host-${name}=${value}` };
    expect((await askSecurely({ headers: good })).status).toBe(200);
    const spellings = [
      name,
      `__Secure-${name}`,
      `__host-${name}`,
      `__HOST-${name}`,
      ` __Host-${name} `,
    ];
    for (const spelling of spellings) {
      const answer = await askSecurely({ headers: { Cookie: `${spelling}=${value}` } });
      expect({ spelling, status: answer.status }).toEqual({ spelling, status: 401 });
    }
  }
  const planted = `csrftoken=planted; ${browser.jar.header()}; csrftoken=planted`;
  const headers = { Cookie: planted, "X-CSRFToken": "planted" };
  const answer = await secure
    .visitor({ headers: HTTPS })
    .request("PATCH", `${AUTH}/me`, { body: { name: "x" }, headers });
  expectProblem(answer, "csrf_failed");
});

test("one of our cookies twice is 400, whichever comes first (cookie tossing)", async () => {
  const { browser } = await plain.newAccount();
  const session = `sessionid=${cookieOf(browser, "sessionid")}`;
  const twice = [
    `${session}; ${session}`,
    `${session}; sessionid=other`,
    `sessionid=; ${session}`,
    `${session}; access_token=a; access_token=b`,
    `${session}; csrftoken=a;csrftoken=a`,
  ];
  for (const header of twice) {
    expectProblem(await askMeBy(plain, header), "malformed_request");
  }
  expect((await askMeBy(plain, `theirs=1; theirs=2; ${session}`)).status).toBe(200);
});

test("cookies that look like JSON, are badly escaped or quoted are taken as they stand", async () => {
  const { browser } = await plain.newAccount();
  const value = cookieOf(browser, "sessionid");
  const odd = [
    `{"$ne":null}`,
    `{"length":43}`,
    `j:{"a":1}`,
    "%E0%A4%A",
    "%",
    `"${value}"`,
    `${value}%00`,
    `%${value.charCodeAt(0).toString(16)}${value.slice(1)}`,
    "[object Object]",
    "null",
    "undefined",
    "a".repeat(5_000),
  ];
  for (const each of odd) {
    const answer = await askMeBy(plain, `sessionid=${each}`);
    expectProblem(answer, "invalid_token");
  }
  for (const each of odd) {
    expect((await askMeBy(plain, `theirs=${each}; sessionid=${value}`)).status).toBe(200);
  }
});

test("a session that was planted before sign-in is not the one after it (session fixation)", async () => {
  const thief = await plain.newAccount();
  const victim = await plain.newAccount();
  const planted = cookieOf(thief.browser, "sessionid");
  const browser = plain.visitor();
  browser.jar.keep(`sessionid=${planted}`);
  const body = { identifier: victim.username, password: victim.password };
  const answer = await browser.post(`${AUTH}/login`, body);
  expect(answer.status).toBe(200);
  expect(cookieOf(browser, "sessionid")).not.toBe(planted);
  const me = await askMeBy(plain, `sessionid=${planted}`);
  expect(me.json).toMatchObject({ username: thief.username });
});

test("a cookie's value is sent again though it is the one that the browser has (sliding)", async () => {
  const { browser } = await plain.newAccount();
  const before = cookieOf(browser, "sessionid");
  const answer = await browser.post(`${AUTH}/refresh`);
  const lines = answer.headers.getSetCookie().filter((line) => line.startsWith("sessionid="));
  expect(lines).toEqual([expect.stringContaining(`sessionid=${before}; Path=/; Max-Age=`)]);
});

test("a forged browser cookie is as good as none, and never an error", async () => {
  for (const forged of ["x", "x.y", `${"a".repeat(42)}!`, "a".repeat(44), "%00", '"quoted"']) {
    const visitor = plain.visitor();
    const headers = { Cookie: `browser=${forged}; csrftoken=${forged}` };
    const answer = await visitor.get(`${AUTH}/csrf`, { headers });
    expect(answer.status).toBe(200);
    expect(cookieOf(visitor, "browser")).not.toBe(forged);
  }
});

test("sign-out clears all four cookies with the attributes they were set with", async () => {
  const { browser } = await newSecureAccount();
  const answer = await browser.post(`${AUTH}/logout`);
  const lines = answer.headers.getSetCookie();
  for (const name of ["access_token", "refresh_token", "sessionid", "csrftoken"]) {
    const line = lines.find((one) => one.startsWith(`__Host-${name}=;`));
    expect(line).toContain("Path=/");
    expect(line).toContain("Max-Age=0");
    expect(line).toContain("Secure");
  }
});

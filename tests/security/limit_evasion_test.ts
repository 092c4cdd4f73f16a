import { Database } from "bun:sqlite";
import { afterAll, beforeAll, expect, test } from "bun:test";
import { join } from "node:path";
import { type Deployment, openDeployment } from "../support/deployment.ts";
import { expectProblem } from "../support/expect_problem.ts";
import { createHttpClient } from "../support/http_client.ts";
import { type ServerProcess, startServer } from "../support/server_process.ts";
import { AUTH, codeOf } from "./_acts.ts";

let deployment: Deployment;
/** A server on every address of this machine, that believes no proxy. */
let bare: ServerProcess;

beforeAll(async () => {
  deployment = await openDeployment();
  bare = await startServer({ env: { HOST: "::" } });
});

afterAll(async () => {
  await deployment.close();
  await bare.stop();
});

const ALLOWED = 10;

/** Signs in in vain, once for each set of headers and body, all at once; counts those that were let through. */
async function countLetThrough(
  calls: readonly { headers?: Record<string, string>; identifier: string; path?: string }[],
): Promise<number> {
  const answers = await Promise.all(
    calls.map(({ headers = {}, identifier, path = "/token" }) =>
      createHttpClient({ url: deployment.server.url }).post(
        `${AUTH}${path}`,
        { identifier, password: "wrong-horse-battery" },
        { headers: { Origin: null, ...headers }, csrf: false },
      ),
    ),
  );
  for (const answer of answers) {
    expect(["invalid_credentials", "rate_limited"]).toContain(codeOf(answer) ?? "");
  }
  return answers.filter((answer) => codeOf(answer) === "invalid_credentials").length;
}

function from(address: string): Record<string, string> {
  return { "X-Forwarded-For": address };
}

test("a name's limit is not passed by case, space or another way of writing it", async () => {
  const spellings = [
    "evasive",
    "EVASIVE",
    "Evasive",
    " evasive",
    "evasive ",
    "\tevasive\n",
    "\u00a0evasive\u3000",
    "\ufeffevasive",
    "eVASIVE   ",
    "evasi\u0056e",
  ];
  const calls = [...spellings, ...spellings].map((identifier, index) => ({
    identifier,
    headers: from(`10.77.0.${index}`),
  }));
  expect(await countLetThrough(calls)).toBe(ALLOWED);
});

test("an address's limit is not passed within the /64 of an IPv6 caller", async () => {
  const addresses = Array.from({ length: 16 }, (_, index) => `2001:db8:0:1::${index.toString(16)}`);
  const odd = [
    "2001:DB8:0:1:FFFF:FFFF:FFFF:FFFF",
    "2001:0db8:0000:0001::1",
    "[2001:db8:0:1::5]:443",
  ];
  const calls = [...addresses, ...odd].map((address, index) => ({
    identifier: `within-${index}`,
    headers: from(address),
  }));
  expect(await countLetThrough(calls)).toBe(ALLOWED);
  const next = [{ identifier: "next-door", headers: from("2001:db8:0:2::1") }];
  expect(await countLetThrough(next)).toBe(1);
});

test("one IPv4 address is one caller, written plainly, mapped or with a port", async () => {
  const spellings = ["192.0.2.7", "::ffff:192.0.2.7", "::FFFF:c000:207", "192.0.2.7:4711"];
  const calls = Array.from({ length: 16 }, (_, index) => ({
    identifier: `mapped-${index}`,
    headers: from(spellings[index % spellings.length] ?? ""),
  }));
  expect(await countLetThrough(calls)).toBe(ALLOWED);
});

test("what stands left of the caller in X-Forwarded-For changes nothing (spoofing)", async () => {
  const calls = Array.from({ length: 16 }, (_, index) => ({
    identifier: `left-${index}`,
    headers: from(`198.51.100.${index}, ${index % 2 ? "junk, " : ""}203.0.113.9`),
  }));
  expect(await countLetThrough(calls)).toBe(ALLOWED);
});

test("a limit is the route's: a slash, a query or another spelling of the path does not pass it", async () => {
  const paths = [
    "/token",
    "/token/",
    "/token?a=1",
    "/token/?b",
    "/x/../token",
    "/./token",
    "/%74oken",
  ];
  const calls = Array.from({ length: 16 }, (_, index) => ({
    identifier: `path-${index}`,
    headers: from("203.0.113.44"),
    path: paths[index % 5] ?? "",
  }));
  expect(await countLetThrough(calls)).toBe(ALLOWED);
});

test("login and token share their limits, and the pair does not shift them", async () => {
  const visitor = deployment.visitor({ address: "203.0.113.45" });
  await visitor.get(`${AUTH}/csrf`);
  const answers = await Promise.all(
    Array.from({ length: 16 }, (_, index) =>
      visitor.post(`${AUTH}/${index % 2 ? "login" : "token"}`, {
        identifier: `shared-${index}`,
        password: "wrong-horse-battery",
      }),
    ),
  );
  const through = answers.filter((answer) => codeOf(answer) === "invalid_credentials");
  expect(through).toHaveLength(ALLOWED);
});

test("an untrusted peer's forwarding headers are ignored, and one on a dual-stack socket is its IPv4 address (spoofing)", async () => {
  const { port } = new URL(bare.url);
  const client = createHttpClient({ url: `http://127.0.0.1:${port}` });
  const answers = await Promise.all(
    Array.from({ length: 16 }, (_, index) => {
      const address = `10.1.2.${index}`;
      const headers = {
        Origin: null,
        "X-Forwarded-For": address,
        "X-Real-IP": address,
        "CF-Connecting-IP": address,
        "True-Client-IP": address,
        Forwarded: `for=${address}`,
      };
      const body = { identifier: `spoofed-${index}`, password: "wrong-horse-battery" };
      return client.post(`${AUTH}/token`, body, { headers, csrf: false });
    }),
  );
  const through = answers.filter((answer) => codeOf(answer) === "invalid_credentials");
  expect(through).toHaveLength(ALLOWED);
  const database = new Database(join(bare.folder, "data/postern.db"), { readonly: true });
  const ips = database.query("SELECT DISTINCT ip FROM events WHERE ip IS NOT NULL").all();
  database.close();
  expect(ips).toEqual([{ ip: "127.0.0.1" }]);
});

test("X-Forwarded-Host, -Proto and -Prefix of anybody lead no link and no redirect elsewhere", async () => {
  const account = await deployment.newAccount();
  const visitor = deployment.visitor({
    headers: {
      "X-Forwarded-Host": "evil.example",
      "X-Forwarded-Prefix": "//evil.example",
      "X-Original-URL": "/healthz",
      "X-Rewrite-URL": "/healthz",
      "X-HTTP-Method-Override": "DELETE",
    },
  });
  await visitor.post(`${AUTH}/password/forgot`, { email: account.email });
  const { mail } = await deployment.nextLink(account.email);
  expect(mail.raw).not.toContain("evil.example");
  expect(mail.text).toContain(`${deployment.server.publicUrl}/`);
  const page = await visitor.get("/login");
  expect(page.text).not.toContain("evil.example");
  expectProblem(await visitor.get(`${AUTH}/me`), "unauthenticated");
});

test("what no route takes is counted, too: paths cannot be tried without end", async () => {
  const visitor = deployment.visitor();
  const answers = await Promise.all(
    Array.from({ length: 260 }, (_, index) => visitor.get(`/nothing/${index}`)),
  );
  const refused = answers.filter(({ status }) => status === 429).length;
  expect(refused).toBeGreaterThanOrEqual(20);
  expect(refused).toBeLessThanOrEqual(160);
});

test("tokens that are no good do not lift a caller's limit", async () => {
  const visitor = deployment.visitor();
  const answers = await Promise.all(
    Array.from({ length: 260 }, (_, index) =>
      visitor.get(`${AUTH}/me`, { headers: { Authorization: `Bearer guess-${index}` } }),
    ),
  );
  expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(20);
});

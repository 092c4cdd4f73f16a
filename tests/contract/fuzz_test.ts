import { afterAll, beforeAll, expect, test } from "bun:test";
import { problem } from "@postern/wire";
import { type ApiDescription, readApiDescription } from "../support/api_description.ts";
import {
  type Account,
  type Deployment,
  openDeployment,
  type Visitor,
} from "../support/deployment.ts";
import type { Answer } from "../support/http_client.ts";
import { type FuzzRequest, fuzzRequest } from "./_fuzz_requests.ts";
import { createDice } from "./_fuzz_values.ts";

/** How many requests in all. */
const REQUESTS = 1_500;

/** How many at once: password hashes wait for each other anyway. */
const AT_ONCE = 10;

const SEED = 20_260_102;

let deployment: Deployment;
let description: ApiDescription;
let accounts: readonly Account[];

beforeAll(async () => {
  deployment = await openDeployment();
  description = await readApiDescription(deployment.server.url);
  accounts = await Promise.all(Array.from({ length: 8 }, () => deployment.newAccount()));
});

afterAll(async () => {
  await deployment.close();
});

/** Sends one request by a caller of its own, with the credentials that it is to have. */
async function send(request: FuzzRequest, n: number): Promise<Answer> {
  const { method, path, as, headers, csrf } = request;
  const body = "body" in request ? { body: request.body } : {};
  const visitor = await callerOf(as, n);
  return await visitor.request(method, path, {
    ...body,
    headers: { ...headers },
    csrf: csrf ?? true,
  });
}

async function callerOf(as: FuzzRequest["as"], n: number): Promise<Visitor> {
  const account = accounts[n % accounts.length];
  if (account === undefined || as === "nobody") return deployment.visitor();
  if (as === "garbage") return deployment.visitor({ headers: { Authorization: "Bearer a.b.c" } });
  const visitor = await livingBrowser(account);
  if (as === "browser") return visitor;
  const token = visitor.jar.find("access_token");
  return deployment.visitor({ headers: { Authorization: `Bearer ${token}` } });
}

/** The account's browser, at a new address; signed in anew where a request before has ended its session. */
async function livingBrowser(account: Account): Promise<Visitor> {
  const { jar } = account.browser;
  const visitor = deployment.visitor();
  for (const [name, { value }] of jar.cookies) visitor.jar.keep(`${name}=${value}`);
  if ((await visitor.get("/api/v1/auth/me")).status === 200) return visitor;
  const renewed = await deployment.signIn(account).catch(() => visitor);
  for (const [name, cookie] of renewed.jar.cookies) jar.cookies.set(name, cookie);
  return renewed;
}

const HEADERS = [
  "x-request-id",
  "content-security-policy",
  "permissions-policy",
  "referrer-policy",
  "cross-origin-opener-policy",
  "cross-origin-resource-policy",
];

/** What is wrong with an answer, in words. */
async function complaintsOf(request: FuzzRequest, answer: Answer): Promise<readonly string[]> {
  const { mark, method } = request;
  const { path } = request.operation;
  const operation = description.operations.find((it) => it.path === path && it.method === method);
  const found: (string | null)[] = [];
  if (answer.status >= 500 && answer.status !== 503) found.push("it is a failure of the server");
  for (const name of HEADERS) if (!answer.headers.has(name)) found.push(`it has no ${name}`);
  if (answer.headers.get("x-content-type-options") !== "nosniff") found.push("it can be sniffed");
  const isRefusal = answer.status >= 400;
  const all = `${answer.text}${JSON.stringify([...answer.headers])}`;
  if (isRefusal && all.includes(mark)) found.push("it repeats what was sent");
  const waits = [429, 503].includes(answer.status);
  if (waits && !/^\d+$/.test(answer.headers.get("retry-after") ?? ""))
    found.push("it says no time");
  if (operation !== undefined) found.push(await description.complaint(operation, answer));
  else if (isRefusal && !problem.strict().safeParse(answer.json).success) {
    found.push("it is no problem");
  }
  return found.filter((one) => one !== null);
}

test("1,500 hostile requests: no failure, every answer as described, nothing repeated", async () => {
  const dice = createDice(SEED);
  const { operations } = description;
  const requests = Array.from({ length: REQUESTS }, (_, n) => {
    const operation = operations[n % operations.length];
    if (operation === undefined) throw new Error("The description has no operation");
    return fuzzRequest(dice, operation, `mark${n}qz`);
  });
  const complaints: string[] = [];
  const seen = new Map<string, Set<number>>();
  for (let from = 0; from < requests.length; from += AT_ONCE) {
    const batch = requests.slice(from, from + AT_ONCE);
    await Promise.all(
      batch.map(async (request, at) => {
        const n = from + at;
        const answer = await send(request, n);
        const { operationId } = request.operation;
        seen.set(operationId, (seen.get(operationId) ?? new Set()).add(answer.status));
        for (const complaint of await complaintsOf(request, answer)) {
          const told = JSON.stringify({ ...request, operation: operationId }).slice(0, 600);
          complaints.push(`${n} ${answer.status} ${complaint}\n  ${told}`);
        }
      }),
    );
  }
  expect(complaints).toEqual([]);
  const statuses = new Set([...seen.values()].flatMap((one) => [...one]));
  for (const status of [200, 202, 204, 400, 401, 403, 404, 405, 413, 415, 422]) {
    expect(statuses).toContain(status);
  }
  expect(seen.size).toBe(operations.length);
}, 120_000);

test("the server is well afterwards: ready, no line of an error, and its chain of events whole", async () => {
  expect((await deployment.visitor().get("/readyz")).status).toBe(200);
  const errors = deployment.server.logs().filter(({ level }) => level === "error");
  expect(errors).toEqual([]);
  const verified = await deployment.admin("audit", "verify", "--json");
  expect(verified.objects()).toMatchObject([{ ok: true }]);
}, 180_000);

import { afterAll, beforeAll, expect, test } from "bun:test";
import { OPERATIONS, type Operation } from "@postern/wire";
import { type Deployment, openDeployment } from "../support/deployment.ts";
import { expectFieldProblems } from "../support/expect_problem.ts";

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment();
});

afterAll(async () => {
  await deployment.close();
});

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

/** Texts that no list gave as `next`: none of them parses as a key of any. */
const BAD = [
  "x",
  "0",
  "-1",
  "\0",
  "a".repeat(512),
  "'; DROP TABLE sessions",
  encoded([]),
  encoded({}),
  encoded(null),
  encoded([null]),
  encoded([[1]]),
  encoded(["a", "b", "c"]),
  encoded([1, 2, 3]),
  encoded([1.5, "x"]),
  encoded([2 ** 60]),
  `${encoded(["a"])}=`,
];

const operations: readonly Operation[] = Object.values(OPERATIONS);
const lists = operations.filter(({ query }) => query !== undefined && "cursor" in query.shape);

test("every list refuses a cursor that it did not give, by 422 at cursor", async () => {
  const { browser } = await deployment.newAccount();
  expect(lists.map(({ id }) => id)).toEqual(
    expect.arrayContaining(["listSessions", "listAccounts", "listConversations"]),
  );
  for (const { path } of lists) {
    for (const cursor of BAD) {
      const answer = await browser.get(`${path}?cursor=${encodeURIComponent(cursor)}`);
      expectFieldProblems(answer, ["cursor", "invalid_request"]);
    }
    expectFieldProblems(await browser.get(`${path}?cursor=`), ["cursor", "invalid_request"]);
  }
});

test("the operator's lists refuse one too, in a line that says what to give", async () => {
  for (const command of [["users", "list"], ["events"]]) {
    const end = await deployment.admin(...command, "--cursor", "nonsense");
    expect([end.exitCode, end.stdout]).toEqual([1, ""]);
    expect(end.stderr).toMatch(/^Cannot read --cursor: .+\n$/);
    const json = await deployment.admin(...command, "--cursor", "nonsense", "--json");
    expect([json.exitCode, json.stdout]).toEqual([1, ""]);
    expect(JSON.parse(json.stderr)).toMatchObject({ ok: false, code: "invalid_request" });
  }
});

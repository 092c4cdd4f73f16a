import { afterAll, beforeAll, expect, test } from "bun:test";
import { decodeJwt } from "jose";
import { countMails } from "../support/count_mails.ts";
import { type Deployment, openDeployment } from "../support/deployment.ts";
import { expectProblem } from "../support/expect_problem.ts";
import type { Answer } from "../support/http_client.ts";
import { AUTH, askMe, codeOf, cookieOf, newPair, type Pair } from "./_acts.ts";

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment();
});

afterAll(async () => {
  await deployment.close();
});

const AT_ONCE = 20;

async function refresh(token: string): Promise<Answer> {
  return await deployment.visitor().post(`${AUTH}/refresh`, { refresh_token: token });
}

function pairOf(answer: Answer): Pair {
  expect({ status: answer.status, code: codeOf(answer) }).toEqual({ status: 200, code: undefined });
  return answer.json as Pair;
}

/** The one successor that all of some answers name. */
function onlySuccessor(answers: readonly Answer[]): string {
  const successors = new Set(answers.map((answer) => pairOf(answer).refresh_token));
  expect(successors.size).toBe(1);
  return [...successors][0] ?? "";
}

/** How many unused refresh tokens a token's session has: more than one are two branches. */
function branchesOf(token: string): number {
  const sql = "SELECT id FROM refresh_tokens WHERE session_id = ? AND spent_at IS NULL";
  return deployment.sql(sql, String(decodeJwt(token)["sid"])).length;
}

function eventsOf(userId: string, action: string) {
  return deployment
    .sql<{ details: string; success: number }>(
      "SELECT details, success FROM events WHERE user_id = ? AND action = ?",
      Number(userId),
      action,
    )
    .map(({ details, success }) => ({ success, details: JSON.parse(details) as unknown }));
}

test.concurrent("20 refreshes of one token at once end in one lineage, generation after generation (race)", async () => {
  const first = await newPair(deployment, await deployment.newAccount());
  let token = first.refresh_token;
  for (let generation = 0; generation < 4; generation += 1) {
    const spent = token;
    const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => refresh(spent)));
    token = onlySuccessor(answers);
    expect(token).not.toBe(spent);
    const accesses = answers.map((answer) => pairOf(answer).access_token);
    const asked = await Promise.all(accesses.map((access) => askMe(deployment, access)));
    for (const answer of asked) expect(answer.status).toBe(200);
    expect(branchesOf(token)).toBe(1);
  }
});

test.concurrent("20 refreshes by one browser's cookies at once all set the same cookie (race)", async () => {
  const { browser } = await deployment.newAccount();
  const cookie = browser.jar.header() ?? "";
  const csrf = cookieOf(browser, "csrftoken");
  const calls = Array.from({ length: AT_ONCE }, async () => {
    const tab = deployment.visitor();
    const headers = { Cookie: cookie, "X-CSRFToken": csrf };
    const answer = await tab.request("POST", `${AUTH}/refresh`, { headers, csrf: false });
    expect(answer.status).toBe(200);
    return tab;
  });
  const tabs = await Promise.all(calls);
  expect(new Set(tabs.map((tab) => cookieOf(tab, "refresh_token"))).size).toBe(1);
  for (const tab of tabs) expect(cookieOf(tab, "sessionid")).toBe(cookieOf(browser, "sessionid"));
  const [tab] = tabs;
  if (tab === undefined) throw new Error("There are no tabs");
  expect((await tab.post(`${AUTH}/refresh`)).status).toBe(200);
  expect(branchesOf(cookieOf(tab, "refresh_token"))).toBe(1);
});

test.concurrent("refreshes of a token and of its successor at once make no second branch (race)", async () => {
  const { refresh_token: first } = await newPair(deployment, await deployment.newAccount());
  const { refresh_token: second } = pairOf(await refresh(first));
  const calls = Array.from({ length: AT_ONCE }, (_, index) => refresh(index % 2 ? first : second));
  const answers = await Promise.all(calls);
  expect(onlySuccessor(answers.filter((_, index) => index % 2 === 1))).toBe(second);
  const third = onlySuccessor(answers.filter((_, index) => index % 2 === 0));
  expect(pairOf(await refresh(third)).refresh_token).not.toBe(third);
  expect(branchesOf(third)).toBe(1);
});

test.concurrent("a token presented again eleven seconds late is theft: session over, mail, token_reuse", async () => {
  const account = await deployment.newAccount();
  const pair = await newPair(deployment, account);
  const bystander = await newPair(deployment, account);
  const next = pairOf(await refresh(pair.refresh_token));
  await Bun.sleep(11_000);
  const answers = await Promise.all(
    Array.from({ length: AT_ONCE }, () => refresh(pair.refresh_token)),
  );
  for (const answer of answers) expectProblem(answer, "session_ended");
  expectProblem(await refresh(next.refresh_token), "session_ended");
  expectProblem(await askMe(deployment, next.access_token), "session_ended");
  expect((await askMe(deployment, bystander.access_token)).status).toBe(200);
  const mail = await deployment.smtp.next(account.email);
  expect(mail.text).toContain(account.username);
  const session = decodeJwt(pair.refresh_token)["sid"];
  const events = eventsOf(account.id, "token_reuse");
  expect(events).toContainEqual({ success: 0, details: { session, ended: true } });
  const ending = events.filter(({ details }) => (details as { ended: boolean }).ended);
  expect(ending).toHaveLength(1);
  expect(await countMails(deployment, account.email)).toBe(2);
});

test.concurrent("no refresh outlives the session that is ended meanwhile (race)", async () => {
  const account = await deployment.newAccount();
  for (let round = 0; round < 5; round += 1) {
    const pair = await newPair(deployment, account);
    const refreshes = Array.from({ length: AT_ONCE }, () => refresh(pair.refresh_token));
    const path = `${AUTH}/sessions/${String(decodeJwt(pair.access_token)["sid"])}`;
    const ended = await account.browser.request("DELETE", path);
    expect(ended.status).toBe(204);
    const late = await refresh(pair.refresh_token);
    expectProblem(late, "session_ended");
    for (const answer of await Promise.all(refreshes)) {
      if (answer.status !== 200) {
        expectProblem(answer, "session_ended");
        continue;
      }
      const { access_token, refresh_token } = pairOf(answer);
      expectProblem(await askMe(deployment, access_token), "session_ended");
      expectProblem(await refresh(refresh_token), "session_ended");
    }
    expect(branchesOf(pair.refresh_token)).toBe(0);
  }
});

test.concurrent("an unused token beside another session's cookie is 401 and ends nothing", async () => {
  const account = await deployment.newAccount();
  const [one, other] = [await deployment.signIn(account), await deployment.signIn(account)];
  const mixed = [
    `sessionid=${cookieOf(other, "sessionid")}`,
    `refresh_token=${cookieOf(one, "refresh_token")}`,
    `csrftoken=${cookieOf(one, "csrftoken")}`,
  ].join("; ");
  const headers = { Cookie: mixed, "X-CSRFToken": cookieOf(one, "csrftoken") };
  const answer = await deployment.visitor().request("POST", `${AUTH}/refresh`, { headers });
  expectProblem(answer, "invalid_token");
  for (const browser of [one, other]) {
    expect((await browser.post(`${AUTH}/refresh`)).status).toBe(200);
  }
});

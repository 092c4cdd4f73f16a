import { afterAll, beforeAll, expect, test } from "bun:test";
import { countMails } from "../support/count_mails.ts";
import {
  type Deployment,
  freshName,
  GOOD_PASSWORD,
  openDeployment,
} from "../support/deployment.ts";
import { expectProblem } from "../support/expect_problem.ts";
import type { Answer } from "../support/http_client.ts";
import { AUTH, codeOf } from "./_acts.ts";
import { makePeople, type Person } from "./_states.ts";

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment();
});

afterAll(async () => {
  await deployment.close();
});

/** Everything of an answer that a stranger can see and that may differ: all but its id and its date. */
function shapeOf(answer: Answer) {
  const headers = [...answer.headers].filter(([name]) => !["x-request-id", "date"].includes(name));
  return { status: answer.status, headers, text: answer.text };
}

/** Asks about each person from an address of its own, and fails unless all are answered alike. */
async function expectAlike(
  people: readonly Person[],
  ask: (person: Person) => Promise<Answer>,
): Promise<Answer> {
  const answers = await Promise.all(people.map(ask));
  const [first, ...others] = answers;
  if (first === undefined) throw new Error("Nobody was asked about");
  for (const [index, other] of others.entries()) {
    const { state } = people[index + 1] ?? { state: "?" };
    expect({ state, ...shapeOf(other) }).toEqual({ state, ...shapeOf(first) });
  }
  return first;
}

test("login and token answer alike whatever is behind a name (enumeration)", async () => {
  const people = await makePeople(deployment);
  for (const path of ["login", "token"]) {
    for (const name of ["username", "email"] as const) {
      const answer = await expectAlike(people, (person) =>
        deployment.visitor().post(`${AUTH}/${path}`, {
          identifier: person[name],
          password: "wrong-horse-battery-8",
        }),
      );
      expectProblem(answer, "invalid_credentials");
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
  }
});

test("forgot answers alike, and mails only those who have an account (enumeration)", async () => {
  const people = await makePeople(deployment);
  await Bun.sleep(300);
  const before = deployment.smtp.mails.length;
  const answer = await expectAlike(people, ({ email }) =>
    deployment.visitor().post(`${AUTH}/password/forgot`, { email }),
  );
  expect(answer.status).toBe(202);
  for (const { email, state } of people) {
    if (state === "verified" || state === "legacy") await deployment.nextLink(email);
  }
  const told = deployment.smtp.mails.slice(before).flatMap(({ to }) => to);
  const known = people.filter(({ state }) => state === "verified" || state === "legacy");
  expect(told.toSorted()).toEqual(known.map(({ email }) => email).toSorted());
});

test("signup answers alike for a free and a taken address, and tells its owner alone (enumeration)", async () => {
  const people = await makePeople(deployment);
  const answer = await expectAlike(people, ({ email }) =>
    deployment.visitor().post(`${AUTH}/signup`, {
      email: email.toUpperCase(),
      username: freshName(),
      password: GOOD_PASSWORD,
    }),
  );
  expect(answer.status).toBe(202);
  expect(answer.json).toEqual({ status: "verification_sent" });
});

test("a sign-in with the password of one's own signup does not tell whether the address is taken (enumeration)", async () => {
  const people = await makePeople(deployment);
  const password = "planted-by-a-stranger-1";
  const planted = new Map(people.map((person) => [person, freshName()]));
  for (const [{ email }, username] of planted) {
    const answer = await deployment.visitor().post(`${AUTH}/signup`, { email, username, password });
    expect(answer.status).toBe(202);
  }
  for (const path of ["login", "token"]) {
    for (const by of ["email", "username"] as const) {
      const answer = await expectAlike(people, (person) => {
        const identifier = by === "email" ? person.email : planted.get(person);
        return deployment.visitor().post(`${AUTH}/${path}`, { identifier, password });
      });
      expectProblem(answer, "email_unverified");
    }
  }
  const owner = people.find(({ state }) => state === "verified");
  const mails = deployment.smtp.mails.filter(({ to }) => to.includes(owner?.email ?? ""));
  for (const { text } of mails.slice(1)) expect(text).not.toContain("#token=");
});

test("the owner of a taken address still signs in with the password, and the planted one opens nothing", async () => {
  const account = await deployment.newAccount();
  const body = { email: account.email, username: freshName(), password: "planted-by-a-stranger-2" };
  await deployment.visitor().post(`${AUTH}/signup`, body);
  const owner = { identifier: account.email, password: account.password };
  expect((await deployment.visitor().post(`${AUTH}/token`, owner)).status).toBe(200);
  const stranger = { identifier: account.email, password: body.password };
  expectProblem(await deployment.visitor().post(`${AUTH}/token`, stranger), "email_unverified");
  expect(deployment.sql("SELECT id FROM users WHERE username = ?", body.username)).toEqual([]);
});

test("a change of address answers alike for a free and a taken one (enumeration)", async () => {
  const people = await makePeople(deployment);
  const mover = await deployment.newAccount();
  const browser = await deployment.signIn(mover);
  const answer = await expectAlike(people, ({ email }) =>
    browser.post(`${AUTH}/email/change`, { email, current_password: mover.password }),
  );
  expect(answer.status).toBe(202);
});

test("fields are judged before accounts: a malformed call is answered alike (enumeration)", async () => {
  const people = await makePeople(deployment);
  for (const password of [null, 7, undefined]) {
    const answer = await expectAlike(people, ({ email }) =>
      deployment.visitor().post(`${AUTH}/token`, { identifier: email, password }),
    );
    expectProblem(answer, "invalid_request");
  }
  const weak = await expectAlike(people, ({ email }) =>
    deployment.visitor().post(`${AUTH}/signup`, { email, username: freshName(), password: "x" }),
  );
  expectProblem(weak, "invalid_request");
});

test("a limit counts a name as typed: it does not tell that two names are one account (enumeration)", async () => {
  const account = await deployment.newAccount();
  // A minute, as it is by default, would let one more through while a slow machine answers.
  deployment.sql("UPDATE limits SET window_ms = 3600000 WHERE id = 'login_account'");
  await deployment.restart();
  const stranger = { username: freshName(), email: "nobody-at-all@example.com" };
  const password = "wrong-horse-battery-8";
  const tryOnce = (identifier: string, tried = password) =>
    deployment.visitor().post(`${AUTH}/token`, { identifier, password: tried });
  for (const names of [
    [account.username, account.email],
    [stranger.username, stranger.email],
  ]) {
    for (const name of names) {
      const burst = Array.from({ length: 14 }, () => tryOnce(name));
      const codes = (await Promise.all(burst)).map(codeOf).toSorted();
      const right = await tryOnce(name, account.password);
      expectProblem(right, "rate_limited");
      expect(right.headers.get("ratelimit-policy")).toBe('"login_account";q=10;w=3600');
      expect(codes).toEqual([
        ...Array.from({ length: 10 }, () => "invalid_credentials"),
        ...Array.from({ length: 4 }, () => "rate_limited"),
      ]);
    }
  }
});

test("forgot over an account's limit is 202 still, and sends nothing (enumeration, mail bomb)", async () => {
  const account = await deployment.newAccount();
  for (let count = 0; count < 9; count += 1) {
    const answer = await deployment.visitor().post(`${AUTH}/password/forgot`, account);
    expect(answer.status).toBe(202);
  }
  expect(await countMails(deployment, account.email)).toBe(1 + 5);
});

test("a token that never was, one that was spent and one of another kind are answered alike", async () => {
  const account = await deployment.newAccount();
  await deployment.visitor().post(`${AUTH}/password/forgot`, { email: account.email });
  const { token } = await deployment.nextLink(account.email);
  const body = { token, new_password: "another-horse-battery-7" };
  expect((await deployment.visitor().post(`${AUTH}/password/reset`, body)).status).toBe(200);
  const tries = [token, token.slice(1), "x".repeat(43), ""].map((tried) =>
    deployment.visitor().post(`${AUTH}/password/reset`, { ...body, token: tried }),
  );
  const answers = await Promise.all(tries);
  expect(new Set(answers.map(codeOf))).toEqual(new Set(["invalid_token"]));
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
});

import { afterAll, beforeAll, expect, test } from "bun:test";
import type { ProblemCode } from "@postern/wire";
import { type Deployment, openDeployment } from "../support/deployment.ts";
import { expectFieldProblems, expectProblem } from "../support/expect_problem.ts";

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment();
});

afterAll(async () => {
  await deployment.close();
});

const ABOUT = {
  username: "grace.hopper",
  email: "admiral@navy-yard.example",
  name: "Amazing Grace",
};

async function trySignUp(password: string) {
  return await deployment.visitor().post("/api/v1/auth/signup", { ...ABOUT, password });
}

const REFUSED: readonly (readonly [
  what: string,
  password: string,
  codes: readonly ProblemCode[],
])[] = [
  ["of 11 code points", "Tr0ub4dor&3", ["password_too_short"]],
  ["of 11 code points in 22 units", "\u{1f511}".repeat(11), ["password_too_short"]],
  ["of 257 code points", "xy".repeat(128).concat("z"), ["password_too_long"]],
  ["that is common", "iloveyou1234", ["password_common"]],
  ["that is common, in capitals", "PasswordPassword", ["password_common"]],
  ["that is the username", "grace.hopper1", ["password_similar"]],
  ["that is the e-mail address", "admiral@navy-yard.example", ["password_similar"]],
  ["that is the name", "AmazingGrace1", ["password_similar"]],
  ["of digits alone", "847120965123", ["password_numeric"]],
  ["of other digits alone", "\u0664\u0662".repeat(7), ["password_numeric"]],
  ["with a lone surrogate", "correct-horse\ud800battery", ["password_malformed"]],
  ["that is empty", "", ["password_too_short"]],
  ["that fails in two ways", "123", ["password_too_short", "password_numeric"]],
];

test.concurrent.each(REFUSED)("a password %s is refused", async (_, password, codes) => {
  const answer = await trySignUp(password);
  expectFieldProblems(answer, ...codes.map((code): [string, ProblemCode] => ["password", code]));
});

const TAKEN: readonly (readonly [what: string, password: string])[] = [
  ["of 12 code points", "k9#mQ2vL!x7p"],
  ["of 12 code points in 24 units", "\u{1f511}\u{1f40e}\u{1f50b}".repeat(4)],
  ["of 256 code points", "correct horse battery staple ".repeat(9).slice(0, 256)],
  ["of one kind of letter", "sevenlazygreenkettles"],
  ["with blanks at its ends", "   green eggs and ham   "],
  ["of another script", "\u6b63\u78ba\u306a\u99ac\u96fb\u6c60\u30db\u30c1\u30ad\u30b9\u3068\u9375"],
];

test.concurrent.each(TAKEN)("a password %s is taken", async (_, password) => {
  expect((await trySignUp(password)).status).toBe(202);
});

test.concurrent("password/check tells the same of each", async () => {
  for (const [, password, codes] of REFUSED) {
    expect(await checked({ ...ABOUT, password })).toEqual(codes);
  }
  for (const [, password] of TAKEN) expect(await checked({ ...ABOUT, password })).toEqual([]);
  expect(await checked({ password: "grace.hopper1" })).toEqual([]);
  expect(await checked({ password: "grace.hopper1", username: null, name: null })).toEqual([]);
});

async function checked(body: Readonly<Record<string, unknown>>): Promise<readonly ProblemCode[]> {
  const answer = await deployment.visitor().post("/api/v1/auth/password/check", body);
  expect(answer.status).toBe(200);
  const { failures } = answer.json as {
    failures: readonly { code: ProblemCode; detail: string }[];
  };
  for (const { detail } of failures) expect(detail).not.toBe("");
  return failures.map(({ code }) => code);
}

test.concurrent("password/check knows the owner of a good link, and tells nothing of a bad one", async () => {
  const { email, username, id } = await deployment.newAccount({ username: "captain.flint" });
  await deployment.visitor().post("/api/v1/auth/password/forgot", { email });
  const { token } = await deployment.nextLink(email);
  const password = `${username}1`;
  expect(await checked({ password, token })).toEqual(["password_similar"]);
  expect(await checked({ password, token: "A".repeat(43) })).toEqual([]);
  deployment.sql("UPDATE users SET role = 'support' WHERE id = ?", Number(id));
  expect(await checked({ password: "k9#mQ2vL!x7p", token })).toEqual(["password_too_short"]);
  deployment.sql("UPDATE links SET expires_at = 1 WHERE user_id = ?", Number(id));
  expect(await checked({ password, token })).toEqual([]);
});

test.concurrent("hashes are argon2id PHC strings of m = 19456 KiB, t = 2, p = 1 or stronger", async () => {
  const account = await deployment.newAccount();
  const hash = "SELECT password_hash FROM users WHERE id = ?";
  const [row] = deployment.sql<{ password_hash: string }>(hash, Number(account.id));
  const found = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$[\w+/]+\$[\w+/]+$/.exec(
    row?.password_hash ?? "",
  );
  const [memory = 0, passes = 0, lanes = 0] = (found ?? []).slice(1).map(Number);
  expect(memory).toBeGreaterThanOrEqual(19_456);
  expect(passes).toBeGreaterThanOrEqual(2);
  expect(lanes).toBeGreaterThanOrEqual(1);
});

test.concurrent("administrators need 15 code points", async () => {
  const account = await deployment.newAccount();
  deployment.sql("UPDATE users SET role = 'support' WHERE id = ?", Number(account.id));
  const change = async (password: string) =>
    await account.browser.post("/api/v1/auth/password/change", {
      current_password: account.password,
      new_password: password,
    });
  expectFieldProblems(await change("k9#mQ2vL!x7pWz"), ["new_password", "password_too_short"]);
  expect((await change("k9#mQ2vL!x7pWz4")).status).toBe(200);
});

/** A hash that Django made, and what Django says of candidates. */
interface DjangoHash {
  readonly about: string;
  readonly hash: string;
  readonly candidates: readonly (readonly [candidate: string, matches: boolean])[];
}

test.concurrent("Django's kinds of hash are accepted as stored, and replaced by ours at the next good login", async () => {
  const file = Bun.file(new URL("../fixtures/django/hashes_5_2.json", import.meta.url));
  const { hashes } = (await file.json()) as { hashes: readonly DjangoHash[] };
  for (const kind of ["pbkdf2_sha256$", "argon2$", "bcrypt_sha256$", "bcrypt$", "scrypt$"]) {
    const found = hashes.find(({ about, hash }) => about === "ascii" && hash.startsWith(kind));
    const [password = ""] = found?.candidates.find(([, matches]) => matches) ?? [];
    const { username, id } = await deployment.newAccount();
    const set = "UPDATE users SET password_hash = ? WHERE id = ?";
    deployment.sql(set, found?.hash ?? "", Number(id));
    const login = async (tried: string) =>
      await deployment
        .visitor()
        .post("/api/v1/auth/token", { identifier: username, password: tried });
    expectProblem(await login(`${password}x`), "invalid_credentials");
    expect((await login(password)).status).toBe(200);
    const get = "SELECT password_hash FROM users WHERE id = ?";
    const [row] = deployment.sql<{ password_hash: string }>(get, Number(id));
    expect(row?.password_hash).toStartWith("$argon2id$");
    expect((await login(password)).status).toBe(200);
  }
}, 180_000);

import { afterAll, beforeAll, expect, test } from "bun:test";
import { join } from "node:path";
import {
  type Account,
  type Deployment,
  freshName,
  openDeployment,
  type Visitor,
} from "../support/deployment.ts";
import type { Answer, HttpRequest } from "../support/http_client.ts";
import { requestHead, sendRaw } from "../support/raw_http.ts";
import { runServerToEnd } from "../support/server_process.ts";
import { AUTH, cookieOf, newPair } from "./_acts.ts";
import { createCanaries } from "./_canaries.ts";

const canaries = createCanaries();
/** Everything that was answered, but for the cookies and tokens that an answer is there to hand out. */
const answered: string[] = [];

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment({ env: { LOG_LEVEL: "debug" } });
  const account = await walkThroughAccount();
  await walkThroughRefusals(account);
  await walkThroughOddRequests(account);
  await walkThroughTrouble(account);
}, 180_000);

afterAll(async () => {
  await deployment.close();
});

/** Sends a request, and keeps what came but for what is handed out. */
async function call(
  visitor: Visitor,
  [method, path]: readonly [method: string, path: string],
  request?: HttpRequest,
): Promise<Answer> {
  const answer = await visitor.request(method, `${AUTH}/${path}`, request);
  const headers = [...answer.headers].filter(([name]) => name !== "set-cookie");
  const isHandedOut = answer.status === 200 && /access_token|csrfToken/.test(answer.text);
  answered.push(JSON.stringify(headers), isHandedOut ? "" : answer.text);
  for (const name of ["sessionid", "browser", "csrftoken"]) {
    const value = visitor.jar.find(name);
    if (value !== undefined) canaries.note(`cookie ${name}`, value);
  }
  return answer;
}

function noteTokens(what: string, token: string): void {
  canaries.note(what, token);
  canaries.note(`signature of ${what}`, token.split(".")[2] ?? "");
}

async function takeLink(email: string, what: string): Promise<string> {
  while (true) {
    const { text } = await deployment.smtp.next(email);
    const token = /#token=([\w-]+)/.exec(text)?.[1];
    if (token !== undefined) return canaries.note(`link ${what}`, token);
  }
}

/** Signs up, in, out; changes, forgets, resets; moves and moves back: all of it with success. */
async function walkThroughAccount(): Promise<Account> {
  const username = freshName();
  const email = `${username}@example.com`;
  const browser = deployment.visitor();
  let password = canaries.plant("password-signup");
  await call(browser, ["POST", "signup"], { body: { email, username, password } });
  await call(deployment.visitor(), ["POST", "token"], { body: { identifier: email, password } });
  await takeLink(email, "verify-first");
  const token = await takeLink(email, "verify");
  await call(deployment.visitor(), ["POST", "verify-email"], { body: { token } });
  const verified = await call(browser, ["POST", "verify-email"], { body: { token, password } });
  const { id } = (verified.json as { user: { id: string } }).user;
  noteTokens("access cookie", cookieOf(browser, "access_token"));
  noteTokens("refresh cookie", cookieOf(browser, "refresh_token"));
  await call(browser, ["POST", "login"], { body: { identifier: username, password } });
  await call(browser, ["POST", "refresh"]);
  noteTokens("refreshed cookie", cookieOf(browser, "refresh_token"));
  const changed = { current_password: password, new_password: canaries.plant("password-changed") };
  await call(browser, ["POST", "password/change"], { body: changed });
  await call(browser, ["POST", "password/forgot"], { body: { email } });
  const reset = await takeLink(email, "reset");
  password = canaries.plant("password-reset");
  const resets = { token: reset, new_password: password };
  await call(deployment.visitor(), ["POST", "password/reset"], { body: resets });
  const again = deployment.visitor();
  await call(again, ["POST", "login"], { body: { identifier: username, password } });
  const moved = { email: `moved-${email}`, current_password: password };
  await call(again, ["POST", "email/change"], { body: moved });
  const confirm = await takeLink(moved.email, "confirm");
  await call(again, ["POST", "verify-email"], { body: { token: confirm } });
  const undo = await takeLink(email, "undo");
  await call(deployment.visitor(), ["POST", "email/undo"], { body: { token: undo } });
  const last = deployment.visitor();
  await call(last, ["POST", "login"], { body: { identifier: username, password } });
  const account = { id, email, username, password, browser: last };
  const pair = await newPair(deployment, account);
  noteTokens("access token", pair.access_token);
  noteTokens("refresh token", pair.refresh_token);
  const refresh_token = pair.refresh_token;
  for (const _ of [1, 2])
    await call(deployment.visitor(), ["POST", "refresh"], { body: { refresh_token } });
  return account;
}

/** Sends secrets to where they are refused, in every field, and where they are not meant to be. */
async function walkThroughRefusals(account: Account): Promise<void> {
  const paths = ["token", "login", "signup", "verify-email", "refresh", "password/forgot"];
  const signedIn = ["password/change", "email/change", "password/reset", "email/undo"];
  const fields = [
    ...["identifier", "email", "username", "password", "name", "token", "refresh_token"],
    ...["current_password", "new_password", "picture", "access_token", "client_secret", "code"],
  ];
  for (const path of [...paths, ...signedIn]) {
    const visitor = signedIn.includes(path) ? account.browser : deployment.visitor();
    const good = Object.fromEntries(
      fields.map((field) => [field, canaries.plant(`${field}-sent`)]),
    );
    await call(visitor, ["POST", path], { body: good });
    for (const field of fields) {
      const value = canaries.plant(`${field}-nested`);
      await call(visitor, ["POST", path], { body: { ...good, [field]: { [value]: [value] } } });
    }
    await call(visitor, ["POST", path], { body: { [canaries.plant("key")]: 1 } });
    await call(visitor, ["POST", path], { body: `{"password":"${canaries.plant("cut")}"` });
    await call(visitor, ["POST", path], { body: canaries.plant("no-json") });
    const form = { "Content-Type": "application/x-www-form-urlencoded" };
    const body = `password=${canaries.plant("form")}`;
    await call(visitor, ["POST", path], { body, headers: form });
  }
  const patch = { password: canaries.plant("patch"), token: canaries.plant("patch-token") };
  await call(account.browser, ["PATCH", "me"], { body: { ...patch, name: "Ada" } });
}

/** Puts secrets into the parts of a request that are not its body. */
async function walkThroughOddRequests(account: Account): Promise<void> {
  const query = ["token", "ticket", "access_token", "code", "state", "password", "next"];
  const search = query.map((name) => `${name}=${canaries.plant(`query-${name}`)}`).join("&");
  const bearer = cookieOf(account.browser, "access_token");
  for (const path of ["me", "sessions", "csrf", `sessions/${canaries.plant("path")}`, "nowhere"]) {
    for (const authorization of ["Bearer", "bearer", "Basic", "Token", ""]) {
      const headers = {
        Authorization: `${authorization} ${canaries.plant("authorization")}`,
        Referer: `https://example.com/#token=${canaries.plant("referer")}`,
        "X-Api-Key": canaries.plant("api-key"),
        "X-CSRFToken": canaries.plant("csrf-header"),
        "X-Forwarded-For": canaries.plant("forwarded"),
        [canaries.plant("header-name")]: "x",
        Cookie: `sessionid=${canaries.plant("session-cookie")}; access_token=${canaries.plant("access-cookie")}; ${canaries.plant("cookie-name")}=x`,
      };
      await call(deployment.visitor(), ["GET", `${path}?${search}`], { headers });
      await call(deployment.visitor(), ["DELETE", `${path}?${search}`], { headers });
    }
    await call(account.browser, ["GET", `${path}?${search}`]);
    const headers = { Authorization: `Bearer ${bearer}` };
    await call(deployment.visitor(), ["GET", `${path}?token=${bearer}`], { headers });
  }
  const twice = canaries.plant("cookie-twice");
  const cookie = { Cookie: `sessionid=${twice}; sessionid=${twice}` };
  await call(deployment.visitor(), ["GET", "me"], { headers: cookie });
  for (const target of [
    `/verify-email?token=${canaries.plant("page")}`,
    `/${canaries.plant("page-path")}`,
  ]) {
    await deployment.visitor().get(target, { headers: { Accept: "text/html" } });
  }
  const host = `Host: ${canaries.plant("host")}.example`;
  answered.push(
    (await sendRaw(deployment.server.url, requestHead("GET /healthz HTTP/1.1", host))).raw,
  );
  const method = canaries.plant("method").toUpperCase();
  const own = `Host: ${new URL(deployment.server.url).host}`;
  answered.push(
    (await sendRaw(deployment.server.url, requestHead(`${method} / HTTP/1.1`, own))).raw,
  );
  const page = `https://example.com/page?token=${canaries.plant("report-query")}#${canaries.plant("report-hash")}`;
  const report = {
    "document-uri": page,
    "blocked-uri": page,
    "violated-directive": "img-src",
    "script-sample": canaries.plant("sample"),
  };
  await deployment.visitor().post("/api/v1/csp-report", { "csp-report": report });
}

/** Lets mails fail, and steals a token, so that what is logged and told of both is seen, too. */
async function walkThroughTrouble(account: Account): Promise<void> {
  deployment.smtp.behave("defer");
  await call(deployment.visitor(), ["POST", "password/forgot"], { body: { email: account.email } });
  await deployment.server
    .log(({ level }) => level === "warn" || level === "error")
    .catch(() => undefined);
  deployment.smtp.behave("accept");
  const { refresh_token } = await newPair(deployment, account);
  noteTokens("stolen token", refresh_token);
  await call(deployment.visitor(), ["POST", "refresh"], { body: { refresh_token } });
  deployment.sql(
    "UPDATE refresh_tokens SET spent_at = spent_at - 20000 WHERE spent_at IS NOT NULL",
  );
  await call(deployment.visitor(), ["POST", "refresh"], { body: { refresh_token } });
  await deployment.admin("rotate", "signing");
  await deployment.admin("users", "block", account.username, "--reason", "a test");
}

test("there are canaries of every kind, and they are recognised", () => {
  expect(canaries.size).toBeGreaterThan(500);
  const planted = canaries.plant("self-test");
  for (const coding of ["utf8", "base64", "hex"] as const) {
    expect(canaries.foundIn(`x${Buffer.from(planted).toString(coding)}`)).toHaveLength(1);
  }
  const noted = canaries.note("noted", "0123456789abcdef0123");
  expect(canaries.foundIn(Buffer.from(`x${noted}x`))).toEqual(["noted"]);
  expect(canaries.foundIn("nothing to see")).toEqual([]);
});

test("no secret is in a line of the log, to either stream, at LOG_LEVEL=debug", () => {
  const output = deployment.server.output();
  expect(output).toContain('"level":"debug"');
  expect(output.split("\n").length).toBeGreaterThan(200);
  expect(canaries.foundIn(output)).toEqual([]);
});

test("no secret is in an answer that is not there to hand it out", () => {
  expect(answered.length).toBeGreaterThan(500);
  expect(canaries.foundIn(answered.join("\n"))).toEqual([]);
});

test("no secret is in the metrics, the description, or what the operator is shown", async () => {
  const visitor = deployment.visitor();
  for (const path of ["/metrics", "/readyz", "/api/v1/openapi.json"]) {
    expect(canaries.foundIn((await visitor.get(path)).text)).toEqual([]);
  }
  for (const command of [
    ["events", "--limit", "1000"],
    ["users"],
    ["doctor"],
    ["audit", "verify"],
  ]) {
    const { stdout, stderr } = await deployment.admin(...command, "--json");
    expect(canaries.foundIn(stdout + stderr)).toEqual([]);
  }
});

test("no secret is in a column, an index or a freed page: the file and its log, byte by byte", async () => {
  let length = 0;
  for (const name of ["postern.db", "postern.db-wal"]) {
    const bytes = await Bun.file(join(deployment.folder, "data", name)).bytes();
    expect({ name, found: canaries.foundIn(bytes) }).toEqual({ name, found: [] });
    length += bytes.length;
  }
  expect(length).toBeGreaterThan(100_000);
});

test("no hash, key or sealed text is in an event or a line of the log", () => {
  const columns = [
    ["users", "password_hash"],
    ["signups", "password_hash"],
    ["signups", "link_hash"],
    ["sessions", "secret_hash"],
    ["links", "token_hash"],
    ["refresh_tokens", "successor"],
    ["keys", "sealed_secret"],
  ];
  const secrets = columns.flatMap(([table, column]) =>
    deployment
      .sql<{ value: string }>(`SELECT ${column} AS value FROM ${table} WHERE ${column} IS NOT NULL`)
      .map(({ value }) => value),
  );
  expect(secrets.length).toBeGreaterThan(10);
  const events = JSON.stringify(deployment.sql("SELECT * FROM events"));
  const output = deployment.server.output();
  for (const secret of secrets) {
    expect(events).not.toContain(secret);
    expect(output).not.toContain(secret);
  }
  const keys = JSON.stringify(deployment.sql("SELECT * FROM keys"));
  expect(keys).not.toContain('\\"d\\":');
});

test("no password is in a mail, and no link but the one that it is for", () => {
  for (const { raw, text, html } of deployment.smtp.mails) {
    const found = [...canaries.foundIn(raw), ...canaries.foundIn(`${text}${html}`)];
    const kinds = new Set(found);
    expect([...kinds].filter((what) => !what.startsWith("link "))).toEqual([]);
    expect(kinds.size).toBeLessThanOrEqual(1);
  }
});

test("a wrong configuration names the variable and not the secret in it", async () => {
  const secret = canaries.plant("configured");
  const wrong: Record<string, string>[] = [
    { SMTP_URL: `ftp://user:${secret}@mail.example.com` },
    { SMTP_URL: `smtp://user:${secret}@mail.example.com:99999` },
    { DATABASE_URL: `libsql://user:${secret}@db.example.com?authToken=${secret}`, PORT: "x" },
    { DATABASE_AUTH_TOKEN: secret, DATABASE_URL: "nonsense:" },
    { REDIS_URL: `http://:${secret}@redis.example.com` },
    { PUBLIC_URL: `https://user:${secret}@id.example.org` },
    { PUBLIC_URL: "https://id.example.org", SECRET_KEY: secret.slice(0, 30) },
    { GOOGLE_CLIENT_SECRET: secret, PORT: "x" },
    { OIDC_X_ISSUER: "x", OIDC_X_CLIENT_ID: "x", OIDC_X_CLIENT_SECRET: secret, PORT: "x" },
  ];
  for (const env of wrong) {
    const { exitCode, stdout, stderr } = await runServerToEnd({ env });
    expect({ env: Object.keys(env), exitCode }).toEqual({ env: Object.keys(env), exitCode: 1 });
    expect(`${stdout}${stderr}`).not.toContain(secret.slice(0, 30));
    expect(stderr).not.toContain(".ts:");
  }
});

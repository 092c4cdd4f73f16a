import { expect, test } from "bun:test";
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import {
  type Deployment,
  type DeploymentOptions,
  GOOD_PASSWORD,
  openDeployment,
} from "../support/deployment.ts";
import { expectFieldProblems, expectProblem } from "../support/expect_problem.ts";
import {
  complaintsOf,
  findFreePort,
  makeServerFolder,
  runServerToEnd,
  startServer,
} from "../support/server_process.ts";

const KEY = Buffer.alloc(32, 7).toString("base64url");

/** Runs a test against a server of its own. */
async function against(
  env: DeploymentOptions["env"],
  run: (deployment: Deployment) => Promise<void>,
) {
  const deployment = await openDeployment(env === undefined ? {} : { env });
  try {
    await run(deployment);
  } finally {
    await deployment.close();
  }
}

/** The lines that a refused configuration writes, by the variable that each names first. */
async function refusal(
  env: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> {
  const end = await runServerToEnd({ env });
  expect([end.exitCode, end.stdout]).toEqual([1, ""]);
  return Object.fromEntries(complaintsOf(end).map((line) => [line.split(":", 1)[0] ?? "", line]));
}

test.concurrent("wrong values stop the start, all told at once: variable, what was found, what is accepted", async () => {
  const wrong = {
    HOST: "not a host",
    PORT: "70000",
    DATABASE_URL: "postgres://user:canary-db@host/x",
    REDIS_URL: "http://user:canary-redis@host",
    SECRET_KEY: "canary-short-key",
    ALLOWED_ORIGINS: "https://ok.example,https://bad.example/path",
    COOKIE_PREFIX: "__Evil-",
    ALLOWED_HOSTS: "exa mple",
    TRUSTED_PROXIES: "10.0.0.5/8",
    SMTP_URL: "http://user:canary-smtp@host",
    MAIL_FROM: "nobody",
    PASSWORD_MIN_LENGTH: "8",
    SIGNUP: "open",
    ADMIN_LISTEN: "8001",
    LOG_LEVEL: "loud",
  };
  const lines = await refusal(wrong);
  expect(Object.keys(lines).toSorted()).toEqual(Object.keys(wrong).toSorted());
  for (const line of Object.values(lines)) expect(line).toMatch(/: found .+; accepted: .+/);
  expect(lines["PORT"]).toContain('"70000"');
  expect(Object.values(lines).join()).not.toContain("canary");
});

test.concurrent("an https PUBLIC_URL without SECRET_KEY refuses to start", async () => {
  const lines = await refusal({ PUBLIC_URL: "https://id.example.org" });
  expect(Object.keys(lines)).toEqual(["SECRET_KEY"]);
});

test.concurrent("a PUBLIC_URL with a path, or of another scheme, is refused", async () => {
  for (const PUBLIC_URL of ["http://localhost/x", "ftp://localhost", "localhost:8000"]) {
    expect(Object.keys(await refusal({ PUBLIC_URL }))).toContain("PUBLIC_URL");
  }
});

test.concurrent("a COOKIE_DOMAIN that is not PUBLIC_URL's, and a prefix that browsers would refuse, are refused", async () => {
  const https = { PUBLIC_URL: "https://id.example.org", SECRET_KEY: KEY };
  expect(Object.keys(await refusal({ ...https, COOKIE_DOMAIN: "example.com" }))).toEqual([
    "COOKIE_DOMAIN",
  ]);
  const both = { ...https, COOKIE_DOMAIN: "example.org", COOKIE_PREFIX: "__Host-" };
  expect(Object.keys(await refusal(both))).toEqual(["COOKIE_PREFIX"]);
});

test.concurrent("without SECRET_KEY one is made once beside the database, mode 0600", async () => {
  const folder = await makeServerFolder();
  const path = join(folder, "deep/down/postern.key");
  const env = { DATABASE_URL: "file:./deep/down/my.db" };
  await (await startServer({ folder, env })).stop();
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await stat(join(folder, "deep/down/my.db"))).isFile()).toBe(true);
  const key = await Bun.file(path).text();
  expect(Buffer.from(key.trim(), "base64url").length).toBeGreaterThanOrEqual(32);
  await (await startServer({ folder, env })).stop();
  expect(await Bun.file(path).text()).toBe(key);
  await rm(folder, { recursive: true });
});

test.concurrent("with SECRET_KEY no file is made, and the key is in no line of the log", async () => {
  await against({ SECRET_KEY: KEY, LOG_LEVEL: "debug" }, async ({ server, folder }) => {
    await fetch(`${server.url}/healthz`);
    expect(await Bun.file(join(folder, "data/postern.key")).exists()).toBe(false);
    expect(server.output()).not.toContain(KEY);
  });
});

test.concurrent("variables are read from .env, too, and the environment wins", async () => {
  const folder = await makeServerFolder();
  const port = await findFreePort();
  await Bun.write(join(folder, ".env"), "SIGNUP=closed\nPUBLIC_URL=http://from-the-file:1\n");
  const env = { PORT: String(port), PUBLIC_URL: `http://localhost:${port}` };
  const server = await startServer({ folder, env });
  expect(server.publicUrl).toBe(`http://localhost:${port}`);
  const response = await fetch(`${server.url}/api/v1/auth/csrf`);
  const { csrfToken } = (await response.json()) as { csrfToken: string };
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const signup = await fetch(`${server.url}/api/v1/auth/signup`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Cookie: cookie, "X-CSRFToken": csrfToken },
    body: JSON.stringify({ email: "a@example.com", username: "abc", password: GOOD_PASSWORD }),
  });
  expect([signup.status, await signup.json()]).toMatchObject([403, { code: "signup_closed" }]);
  await server.stop();
  await rm(folder, { recursive: true });
});

test.concurrent("SIGNUP=closed takes no new accounts, and lets those that are there in", async () => {
  await against({}, async (deployment) => {
    const account = await deployment.newAccount();
    await deployment.restart({ SIGNUP: "closed" });
    const visitor = deployment.visitor();
    const body = { email: "new@example.com", username: "new-one", password: GOOD_PASSWORD };
    expectProblem(await visitor.post("/api/v1/auth/signup", body), "signup_closed");
    expect((await (await deployment.signIn(account)).get("/api/v1/auth/me")).status).toBe(200);
  });
});

test.concurrent("a signup that waited when SIGNUP was closed makes no account", async () => {
  await against({}, async (deployment) => {
    const body = { email: "waits@example.com", username: "waits", password: GOOD_PASSWORD };
    await deployment.visitor().post("/api/v1/auth/signup", body);
    const { token } = await deployment.nextLink("waits@example.com");
    await deployment.restart({ SIGNUP: "closed" });
    const confirm = { token, password: GOOD_PASSWORD };
    const answer = await deployment.visitor().post("/api/v1/auth/verify-email", confirm);
    expectProblem(answer, "signup_closed");
  });
});

test.concurrent("PASSWORD_MIN_LENGTH, COOKIE_PREFIX, ALLOWED_ORIGINS and MAIL_FROM do as they say", async () => {
  const env = {
    PASSWORD_MIN_LENGTH: "20",
    COOKIE_PREFIX: "gate_",
    ALLOWED_ORIGINS: "https://app.example.org",
    MAIL_FROM: "Gate <gate@example.org>",
  };
  await against(env, async (deployment) => {
    const visitor = deployment.visitor();
    const body = { email: "min@example.com", username: "minimum", password: "k9#mQ2vL!x7pWz4" };
    expectFieldProblems(await visitor.post("/api/v1/auth/signup", body), [
      "password",
      "password_too_short",
    ]);
    const account = await deployment.newAccount();
    expect([...account.browser.jar.cookies.keys()].every((name) => name.startsWith("gate_"))).toBe(
      true,
    );
    const act = async (Origin: string) =>
      await account.browser.request("PATCH", "/api/v1/auth/me", { body: {}, headers: { Origin } });
    expect((await act("https://app.example.org")).status).toBe(200);
    expectProblem(await act("http://localhost:3000"), "csrf_failed");
    const [mail] = deployment.smtp.mails;
    expect(mail?.from).toBe("gate@example.org");
    expect(String(mail?.raw)).toContain("From: Gate <gate@example.org>");
  });
});

test.concurrent("without SMTP_URL mail goes to the outbox only, which development alone shows", async () => {
  const development = await startServer({ mode: "dev" });
  const production = await startServer();
  for (const path of ["/dev/outbox", "/dev/outbox.json"]) {
    expect((await fetch(`${development.url}${path}`)).status).toBe(200);
    expect((await fetch(`${production.url}${path}`)).status).toBe(404);
  }
  expect((await fetch(`${production.url}/readyz`)).status).toBe(200);
  await Promise.all([development.stop(), production.stop()]);
});

test.concurrent("ADMIN_LISTEN alone answers /metrics, and also the health paths, and its host is allowed", async () => {
  const port = await findFreePort();
  await against({ ADMIN_LISTEN: `127.0.0.1:${port}` }, async ({ server }) => {
    const admin = `http://127.0.0.1:${port}`;
    const statusOf = async (url: string) => (await fetch(url)).status;
    expect(await statusOf(`${admin}/metrics`)).toBe(200);
    expect(await statusOf(`${server.url}/metrics`)).toBe(404);
    for (const path of ["/healthz", "/readyz"]) {
      expect([await statusOf(`${admin}${path}`), await statusOf(`${server.url}${path}`)]).toEqual([
        200, 200,
      ]);
    }
    for (const path of [
      "/login",
      "/",
      "/api/v1/auth/me",
      "/api/v1/auth/csrf",
      "/api/v1/openapi.json",
    ]) {
      expect(await statusOf(`${admin}${path}`)).toBe(404);
    }
  });
});

test.concurrent("LOG_LEVEL=debug logs requests without what is in them", async () => {
  await against({ LOG_LEVEL: "debug" }, async (deployment) => {
    const account = await deployment.newAccount();
    await account.browser.get("/api/v1/auth/me?q=canary-query");
    const line = await deployment.server.log(({ route }) => route === "/api/v1/auth/me");
    expect(line).toMatchObject({
      level: "debug",
      method: "GET",
      status: 200,
      ip: account.browser.address,
    });
    const output = deployment.server.output();
    const secrets = ["access_token", "refresh_token", "sessionid", "csrftoken"].map((name) =>
      account.browser.jar.find(name),
    );
    for (const secret of [...secrets, GOOD_PASSWORD, "canary-query", account.email]) {
      expect(output).not.toContain(secret ?? "-");
    }
  });
});

import { afterAll, beforeAll, expect, test } from "bun:test";
import { open, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Deployment, openDeployment } from "../support/deployment.ts";
import { runAdmin } from "../support/operator.ts";
import { makeServerFolder, startServer } from "../support/server_process.ts";

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment();
});

afterAll(async () => {
  await deployment.close();
});

/** What readyz says. */
interface Readiness {
  readonly ok: boolean;
  readonly checks: readonly { name: string; ok: boolean; detail: string }[];
}

async function ready() {
  const { status, json } = await deployment.visitor().get("/readyz");
  return { status, ...(json as Readiness) };
}

/** Waits until the checks that fail are these. What was written lately is told for some seconds. */
async function untilReady(
  failing: readonly string[],
  url: { readonly url: string } = deployment.server,
): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (true) {
    const answer = await fetch(`${url.url}/readyz`);
    const { ok, checks } = (await answer.json()) as Readiness;
    const failed = checks.filter((check) => !check.ok).map(({ name }) => name);
    if (Bun.deepEquals(failed, failing)) {
      expect([answer.status, ok]).toEqual(failing.length === 0 ? [200, true] : [503, false]);
      return;
    }
    if (Date.now() > deadline) expect(failed).toEqual([...failing]);
    await Bun.sleep(100);
  }
}

test("GET healthz is 200 as long as the process is alive", async () => {
  const answer = await deployment.visitor().get("/healthz");
  expect([answer.status, answer.json]).toEqual([200, { status: "ok" }]);
});

test("GET readyz tells check by check that it can serve: database, mail, keys", async () => {
  const { status, ok, checks } = await ready();
  expect([status, ok]).toEqual([200, true]);
  expect(checks.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["database", "mail", "keys"]),
  );
  for (const check of checks) expect(check).toMatchObject({ ok: true, detail: expect.any(String) });
});

test("GET readyz is 503 while mail does not go out, and 200 again afterwards", async () => {
  deployment.smtp.behave("defer");
  const visitor = deployment.visitor();
  const body = {
    email: "stuck@example.com",
    username: "stuck",
    password: "correct-horse-battery-9",
  };
  await visitor.post("/api/v1/auth/signup", body);
  deployment.sql(
    "UPDATE outbox SET created_at = created_at - 3600000, due_at = ?",
    Date.now() + 60_000,
  );
  await untilReady(["mail"]);
  deployment.sql("DELETE FROM outbox");
  await untilReady([]);
});

test("GET readyz is 503 while the database takes no writes", async () => {
  const { Database } = await import("bun:sqlite");
  const other = new Database(`${deployment.folder}/data/postern.db`);
  other.run("PRAGMA busy_timeout = 30000");
  other.run("BEGIN IMMEDIATE");
  try {
    await untilReady(["database"]);
    expect((await deployment.visitor().get("/healthz")).status).toBe(200);
  } finally {
    other.run("ROLLBACK");
    other.close();
  }
  await untilReady([]);
}, 180_000);

test("GET readyz is 503 while keys or limits that were changed cannot be read", async () => {
  const owed = [
    ["keys", "keys_changed", "keys"],
    ["limits", "limits_changed", "changes"],
  ] as const;
  for (const [table, kind, check] of owed) {
    deployment.sql(`ALTER TABLE ${table} RENAME TO ${table}_away`);
    try {
      deployment.sql("INSERT INTO changes (at, kind) VALUES (?, ?)", Date.now(), kind);
      await untilReady([check]);
    } finally {
      deployment.sql(`ALTER TABLE ${table}_away RENAME TO ${table}`);
    }
    await untilReady([]);
  }
}, 120_000);

/** Mounts a small disk in memory; `undefined` where that is not allowed here. */
function mountSmallDisk(folder: string): string | undefined {
  if (process.platform !== "linux" || process.getuid?.() !== 0)
    return "only root on Linux may mount";
  const mount = Bun.spawnSync(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", folder]);
  return mount.exitCode === 0 ? undefined : mount.stderr.toString().trim();
}

test("GET readyz is 503 while the disk is full, doctor fails too, and both recover", async () => {
  const folder = await makeServerFolder();
  const reason = mountSmallDisk(folder);
  if (reason !== undefined) {
    console.log(`Not tested: a full disk, since none can be mounted (${reason})`);
    return;
  }
  const server = await startServer({ folder });
  const filler = join(folder, "filler");
  try {
    await untilReady([], server);
    await fill(filler);
    await untilReady(["database"], server);
    const doctor = await runAdmin({ folder }, "doctor", "--json");
    expect(doctor.exitCode).toBe(1);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    await rm(filler);
    await untilReady([], server);
    expect((await runAdmin({ folder }, "doctor", "--json")).exitCode).toBe(0);
  } finally {
    await server.stop();
    Bun.spawnSync(["umount", folder]);
    await rm(folder, { recursive: true, force: true });
  }
}, 120_000);

/** Writes until the disk takes no more. */
async function fill(path: string): Promise<void> {
  const file = await open(path, "w");
  const block = new Uint8Array(4_096);
  try {
    while ((await file.write(block)).bytesWritten === block.length);
  } catch (cause) {
    if ((cause as { code?: unknown }).code !== "ENOSPC") throw cause;
  } finally {
    await file.close();
  }
}

test("GET metrics is Prometheus text with what was answered, by route and not by path", async () => {
  await deployment.visitor().get("/api/v1/auth/sessions/canary-id");
  await deployment.visitor().get("/canary-path");
  await deployment
    .visitor()
    .post("/api/v1/auth/token", { identifier: "canary-name", password: "x" });
  const answer = await deployment.visitor().get("/metrics");
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toStartWith("text/plain; version=0.0.4");
  expect(answer.text).toMatch(/^# HELP \w+ .+\n# TYPE \w+ \w+/);
  expect(answer.text).toMatch(/route="\/api\/v1\/auth\/token",method="POST"/);
  expect(answer.text).not.toContain("canary");
  for (const line of answer.text.split("\n").filter((one) => one !== "")) {
    expect(line).toMatch(/^(?:#.*|[a-zA-Z_:][\w:]*(?:\{.*\})? (?:[-+]?[\d.eE+-]+|[+-]Inf|NaN))$/);
  }
});

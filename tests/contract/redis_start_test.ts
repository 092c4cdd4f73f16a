/**
 * The server with a `REDIS_URL`: one that is wrong, one where nobody is, and one by TLS.
 *
 * @module
 */

import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { type Deployment, openDeployment } from "../support/deployment.ts";
import { eventually } from "../support/eventually.ts";
import { REDIS_SERVER, startRedisServer } from "../support/redis_server.ts";
import { complaintsOf, findFreePort, runServerToEnd } from "../support/server_process.ts";

const FIXTURES = join(import.meta.dir, "../fixtures/tls");
const TEST_MAX_MS = 180_000;

interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

async function withServer(
  env: Readonly<Record<string, string>>,
  use: (deployment: Deployment) => Promise<void>,
): Promise<void> {
  const deployment = await openDeployment({ env });
  try {
    await use(deployment);
  } finally {
    await deployment.close();
  }
}

/** What is said of Redis, at `/readyz` and by the operator's command. */
async function saidOf(deployment: Deployment): Promise<{ ready: Check[]; doctor: Check[] }> {
  const answer = await deployment.visitor().get("/readyz");
  const [report] = (await deployment.admin("doctor", "--json")).objects();
  const isRedis = ({ name }: Check) => name === "redis";
  return {
    ready: (answer.json as { checks: Check[] }).checks.filter(isRedis),
    doctor: (report as unknown as { checks: Check[] }).checks.filter(isRedis),
  };
}

test(
  "a malformed REDIS_URL stops the start with one line, without its password",
  async () => {
    const end = await runServerToEnd({ env: { REDIS_URL: "redis://:canary@127.0.0.1:6379/main" } });
    expect(end.exitCode).toBe(1);
    expect(complaintsOf(end)).toEqual([
      expect.stringMatching(/^REDIS_URL: found .*127\.0\.0\.1.*; accepted: redis:\/\/ or rediss:/),
    ]);
    expect(`${end.stdout}${end.stderr}`).not.toContain("canary");
  },
  TEST_MAX_MS,
);

test(
  "with nobody at REDIS_URL the server starts, serves, and says so; doctor fails",
  async () => {
    const REDIS_URL = `redis://:canary@127.0.0.1:${await findFreePort()}`;
    await withServer({ REDIS_URL }, async (deployment) => {
      const { ready, doctor } = await saidOf(deployment);
      expect(ready).toEqual([
        { name: "redis", ok: true, detail: expect.stringContaining("cannot be reached") },
      ]);
      expect(doctor).toMatchObject([{ ok: false }]);
      expect((await deployment.visitor().get("/readyz")).status).toBe(200);
      const account = await deployment.newAccount();
      expect((await account.browser.get("/api/v1/auth/me")).status).toBe(200);
      const { server } = deployment;
      const warned = server.logs().filter(({ level }) => level === "warn");
      expect(warned.map(({ msg }) => msg)).toEqual([expect.stringMatching(/^redis cannot be/)]);
      expect(server.output()).not.toContain("canary");
      expect((await deployment.visitor().get("/metrics")).text).toContain("\npostern_redis_up 0\n");
    });
  },
  TEST_MAX_MS,
);

test(
  "without REDIS_URL nothing is said of Redis, but by doctor that limits are counted by process",
  async () => {
    await withServer({}, async (deployment) => {
      const { ready, doctor } = await saidOf(deployment);
      expect(ready).toEqual([]);
      expect(doctor).toMatchObject([{ ok: true }]);
      expect((await deployment.visitor().get("/metrics")).text).not.toContain("redis");
    });
  },
  TEST_MAX_MS,
);

describe.skipIf(REDIS_SERVER === undefined)("by TLS", () => {
  test(
    "a certificate is taken that somebody trusted vouches for, and no other",
    async () => {
      const port = await findFreePort();
      const tls = `--tls-port ${port} --tls-auth-clients no --tls-cert-file ${FIXTURES}/localhost.pem --tls-key-file ${FIXTURES}/localhost_key.pem`;
      const redis = await startRedisServer({ args: tls.split(" ") });
      const REDIS_URL = `rediss://localhost:${port}`;
      try {
        await withServer({ REDIS_URL }, async (deployment) => {
          const { ready, doctor } = await saidOf(deployment);
          expect(ready[0]?.detail).toContain("cannot be reached");
          expect(doctor).toMatchObject([{ ok: false }]);
        });
        const NODE_EXTRA_CA_CERTS = join(FIXTURES, "localhost.pem");
        await withServer({ REDIS_URL, NODE_EXTRA_CA_CERTS }, async (deployment) => {
          await eventually("it answers", async () => {
            const { ready } = await saidOf(deployment);
            return ready[0]?.detail === "It answers";
          });
          expect((await saidOf(deployment)).doctor).toMatchObject([{ ok: true }]);
        });
      } finally {
        await redis.close();
      }
    },
    TEST_MAX_MS,
  );
});

/**
 * The operator's command that lets addresses in again, for whoever shut out everybody.
 *
 * @module
 */

import { afterAll, beforeAll, expect, test } from "bun:test";
import { type Deployment, openDeployment } from "../support/deployment.ts";
import { expectProblem } from "../support/expect_problem.ts";
import { openRunningConsole } from "../support/running_console.ts";

const PROVIDERS = "/api/v1/auth/providers";
const PATIENCE_MS = 60_000;

let deployment: Deployment;

beforeAll(async () => {
  deployment = await openDeployment();
});

afterAll(async () => {
  await deployment.close();
});

test("limits list-blocks shows what is kept out, and limits unblock lets it in again, in another process", async () => {
  const console = await openRunningConsole(deployment);
  const cidr = "203.0.113.0/24";
  const input = { cidr, reason: "a slip" };
  expect((await console.call("POST", "limits.blockAddress", { input })).status).toBe(200);
  const visitor = deployment.visitor({ address: "203.0.113.7" });
  expectProblem(await visitor.get(PROVIDERS), "blocked");
  const listed = await deployment.admin("limits", "list-blocks", "--json");
  expect(listed.objects()).toEqual([
    { cidr, reason: "a slip", until: null, created_at: expect.any(String) },
  ]);
  const lifted = await deployment.admin("limits", "unblock", cidr, "--json");
  expect([lifted.exitCode, lifted.objects()[0]?.["cidr"]]).toEqual([0, cidr]);
  const deadline = performance.now() + PATIENCE_MS;
  let status = 403;
  while (status !== 200 && performance.now() < deadline) {
    status = (await visitor.get(PROVIDERS)).status;
  }
  expect(status).toBe(200);
  const [event] = deployment.sql(
    "SELECT actor_type FROM events WHERE action = 'admin.limits.unblock_address'",
  );
  expect(event).toEqual({ actor_type: "operator" });
  const again = await deployment.admin("limits", "unblock", cidr);
  expect(again.exitCode).toBe(1);
  expect(again.stderr).toContain("is not blocked");
});

/**
 * Waits until a server has learnt of what an operator did to the keys.
 *
 * The contract gives it a second; a machine that is busy with other tests may need more.
 *
 * @module
 */

import type { Deployment } from "./deployment.ts";

const DEADLINE_MS = 60_000;

/** The signing keys that the server publishes. */
export async function publishedKeys(deployment: Deployment): Promise<readonly string[]> {
  const { json } = await deployment.visitor().get("/.well-known/jwks.json");
  return (json as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);
}

/**
 * Waits until the server has read the keys after a moment, and publishes those that are stored.
 *
 * @param since Before the change, milliseconds since 1970.
 */
export async function untilKeysLearnt(deployment: Deployment, since: number): Promise<void> {
  const deadline = Date.now() + DEADLINE_MS;
  while ((await readAt(deployment)) <= since || !(await publishesStored(deployment))) {
    if (Date.now() > deadline) throw new Error("The server does not learn of the keys");
    await Bun.sleep(20);
  }
}

/** When the server read its keys last, as its readiness says. */
async function readAt(deployment: Deployment): Promise<number> {
  const { json } = await deployment.visitor().get("/readyz");
  const { checks } = json as { checks: readonly { name: string; detail: string }[] };
  const detail = checks.find(({ name }) => name === "keys")?.detail ?? "";
  return Date.parse(detail.replace(/^Read /, ""));
}

async function publishesStored(deployment: Deployment): Promise<boolean> {
  const sql = "SELECT id FROM keys WHERE ring = 'signing' AND state <> 'retired'";
  const stored = deployment.sql<{ id: string }>(sql).map(({ id }) => id);
  const published = await publishedKeys(deployment);
  return `${published.toSorted()}` === `${stored.toSorted()}`;
}

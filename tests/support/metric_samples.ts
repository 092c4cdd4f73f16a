/**
 * Numbers of `/metrics`, by name and labels.
 *
 * @module
 */

import type { Deployment } from "./deployment.ts";

/** Reads one; 0 where it is not there. */
export async function metric(deployment: Deployment, sample: string): Promise<number> {
  const { text } = await deployment.visitor().get("/metrics");
  const line = text.split("\n").find((each) => each.startsWith(`${sample} `));
  return Number(line?.slice(sample.length + 1) ?? 0);
}

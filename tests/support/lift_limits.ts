/**
 * Takes limits out of the way of tests that are about something else.
 *
 * @module
 */

import type { LimitId } from "@postern/auth";
import type { Deployment } from "./deployment.ts";

/** Switches limits off, and starts the server anew, which reads that. */
export async function liftLimits(deployment: Deployment, ...ids: LimitId[]): Promise<void> {
  for (const id of ids) deployment.sql("UPDATE limits SET enabled = 0 WHERE id = ?", id);
  await deployment.restart();
}

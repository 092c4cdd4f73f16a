/**
 * Waits until every mail that was written has gone out, so that those that came are all there are.
 *
 * @module
 */

import type { Deployment } from "./deployment.ts";
import { eventually } from "./eventually.ts";

const WAITING = "SELECT id FROM outbox WHERE sent_at IS NULL AND dead_at IS NULL";

/** Waits until none is left, and gives how many came to an address. */
export async function countMails(deployment: Deployment, email: string): Promise<number> {
  await eventually("every mail is out", () => deployment.sql(WAITING).length === 0);
  return deployment.smtp.mails.filter(({ to }) => to.includes(email)).length;
}

/**
 * Counting the mails that administrators send: so that one, or a console that was taken over, floods nobody.
 *
 * @module
 */

import { ok, type Result } from "@postern/std";
import type { Actor } from "../actor.ts";
import type { HasLimiter } from "../ports.ts";
import { emailKey } from "../users/check_email.ts";
import type { RateLimited } from "./limiter.ts";

/** Counts one more mail to an address, by whoever sends it. Whoever has the machine is not counted. */
export async function takeAdminMail(
  { limiter }: HasLimiter,
  actor: Actor,
  email: string,
): Promise<Result<null, RateLimited>> {
  if (actor.type !== "user") return ok(null);
  const bySender = await limiter.take("admin_mail_user", `user:${actor.userId}`);
  return bySender.ok ? await limiter.take("admin_mail_account", emailKey(email)) : bySender;
}

/**
 * A secret that replaced another has worked: the one before goes.
 *
 * @module
 */

import { SYSTEM } from "../actor.ts";
import { eventOf, type NewEvent } from "../events/event.ts";
import type { AuthTx } from "../store.ts";
import type { Vouched } from "./_vouched.ts";
import type { ProviderWithSecret } from "./provider.ts";

/**
 * Drops the previous secret where the current one was taken. Only where somebody came in by it: that a
 * made-up code is refused does not show that the secret was looked at.
 *
 * @param stored The provider as it is now.
 * @returns what tells of it; nothing where there was none, or where it was edited since it was asked.
 */
export async function confirmSecret(
  tx: Pick<AuthTx, "updateProvider">,
  { provider, usedSecret, at }: Vouched,
  stored: ProviderWithSecret,
): Promise<readonly NewEvent[]> {
  const isSame = stored.updatedAt === provider.updatedAt;
  if (usedSecret !== "current" || !isSame || stored.sealedPreviousSecret === null) return [];
  await tx.updateProvider(provider.id, { sealedPreviousSecret: null }, at);
  const details = { provider: provider.id };
  return [eventOf(SYSTEM, { at, action: "admin.providers.confirm_secret", details })];
}

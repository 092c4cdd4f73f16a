/**
 * Uses what the store keeps for administrators alone.
 *
 * @module
 */

import type { AuthReads, AuthTx, UserId } from "@postern/auth";
import { NOW } from "./_testing.ts";

/** Uses everything that is read. */
export async function useAdminReads(reads: AuthReads): Promise<void> {
  await reads.readSettings();
  await reads.findInvitation("x");
  await reads.newestEvent();
  await reads.aboutLiveSessions(NOW);
  for (const by of ["minute", "reason", "limit"] as const) {
    await reads.tallyEvents({ action: "login", since: NOW, by, most: 5 });
  }
  await reads.findAddressBlock("x");
  await reads.listAddressBlocks(NOW, { limit: 5 });
}

/** Uses everything that is written. */
export async function useAdminWrites(tx: AuthTx): Promise<void> {
  await tx.putAddressBlock({ cidr: "x", reason: null, createdAt: NOW, until: NOW });
  await tx.deleteAddressBlock("x");
  await tx.putSetting("x", "y");
  await tx.putInvitation({ tokenHash: "x", email: "x@y.z", createdAt: NOW, expiresAt: NOW });
  await tx.spendInvitation("x", NOW);
  await tx.deleteUser(-1 as UserId);
}

/**
 * Uses every method of the store that is about providers, identities and visits.
 *
 * @module
 */

import type { AuthReads, AuthStore, Identity, User, UserId } from "@postern/auth";
import { event, NOW } from "./_testing.ts";
import {
  addIdentities,
  addProvider,
  newFlow,
  newIdentity,
  newProvider,
  newTokens,
} from "./_testing_providers.ts";

/** Uses all of them for a user. */
export async function useProviders(store: AuthStore, user: User): Promise<void> {
  for (const id of ["acme", "zeta"]) await addProvider(store, newProvider(id));
  const [identity, gone] = [newIdentity(user.id, "acme"), newIdentity(user.id, "acme")];
  await addIdentities(store, [identity, gone, newIdentity(user.id, "acme")]);
  await readProviders(store, identity);
  await store.write(async (tx) => {
    await readProviders(tx, identity);
    await tx.updateProvider("acme", { name: "x" }, NOW);
    await tx.useIdentity(identity.id, { providerId: "acme", label: null }, NOW);
    await tx.deleteIdentity(gone.id, user.id);
    await tx.deleteIdentitiesOf(0 as UserId);
    await tx.forgetFlows();
    return { value: null, event: event() };
  });
  const { bookkeeping } = store;
  await bookkeeping.keepFlow(newFlow("state"));
  await bookkeeping.takeFlow("state", NOW);
  const of = { identityId: identity.id, generation: 1 };
  await bookkeeping.claimTokenRefresh(of, NOW, 1_000);
  await bookkeeping.markReconnect(of);
  await bookkeeping.releaseTokenRefresh(of, NOW);
  await bookkeeping.storeRefreshedTokens(newTokens(identity.id, { generation: 2 }));
  const health = { providerId: "acme", checkedAt: NOW, ok: true, checks: [] };
  await bookkeeping.saveProviderHealth(health);
  for (const leaving of ["sparing", "forced"] as const) {
    await store.write(async (tx) => ({
      value: await tx.updateProvider("zeta", { leaving }, NOW),
      event: event(),
    }));
    await addIdentities(store, [newIdentity(user.id, "zeta")]);
    await bookkeeping.dropIdentitiesAt("zeta", null);
  }
  await bookkeeping.walkLockedOutBy("zeta", null);
  await bookkeeping.countIdentitiesAt("zeta");
  await bookkeeping.dropProvider("none");
}

async function readProviders(reads: AuthReads, identity: Identity): Promise<void> {
  await reads.listProviders();
  await reads.listLockedOutAdministrators("zeta");
  await reads.findProvider("acme");
  await reads.findIdentity(identity.id);
  await reads.findIdentityBySubject(identity.issuer, identity.subject);
  await reads.listIdentities(identity.userId, { limit: 2 });
  await reads.countOtherWays(identity.userId, identity.id);
  await reads.findIdentityTokens(identity.id);
  await reads.listDueTokens(NOW, 2);
  await reads.listProviderHealth();
}

/**
 * Providers, identities and visits for the tests of this folder.
 *
 * @module
 */

import {
  type AuthStore,
  type Flow,
  type Identity,
  type IdentityId,
  type IdentityTokens,
  type ProviderWithSecret,
  providerContext,
  type Sealer,
  tokenContext,
  type UserId,
} from "@postern/auth";
import { epochMs, hours, minutes } from "@postern/std";
import { event, NOW, sealer as theSealer, uuid } from "./_testing.ts";

/** A provider that is not there yet. */
export function newProvider(
  id: string,
  facts: Partial<ProviderWithSecret> = {},
  sealer: Sealer = theSealer,
): ProviderWithSecret {
  return {
    id,
    kind: "oidc",
    name: id.toUpperCase(),
    issuer: `https://${id}.test`,
    clientId: `client of ${id}`,
    scopes: ["openid", "email"],
    isEnabled: true,
    leaving: null,
    source: "console",
    createdAt: NOW,
    updatedAt: NOW,
    sealedSecret: sealer.seal(providerContext(id), `secret of ${id}`),
    sealedPreviousSecret: null,
    ...facts,
  };
}

/** An identity that is not linked yet. */
export function newIdentity(
  userId: UserId,
  providerId: string,
  facts: Partial<Identity> = {},
): Identity {
  const id = uuid() as IdentityId;
  return {
    id,
    userId,
    providerId,
    issuer: `https://${providerId}.test`,
    subject: `subject of ${id}`,
    label: null,
    linkedAt: NOW,
    usedAt: NOW,
    needsReconnect: false,
    ...facts,
  };
}

/** Tokens of an identity, which tell whose they are. */
export function newTokens(
  identityId: IdentityId,
  facts: Partial<IdentityTokens> = {},
  sealer: Sealer = theSealer,
): IdentityTokens {
  return {
    identityId,
    sealedAccess: sealer.seal(tokenContext(identityId, "access"), `access of ${identityId}`),
    sealedRefresh: sealer.seal(tokenContext(identityId, "refresh"), `refresh of ${identityId}`),
    expiresAt: epochMs(NOW + hours(1)),
    scopes: ["openid"],
    generation: 1,
    refreshAt: epochMs(NOW + minutes(50)),
    ...facts,
  };
}

/** A visit that begins now. */
export function newFlow(stateHash: string, facts: Partial<Flow> = {}): Flow {
  return {
    stateHash,
    providerId: "acme",
    issuer: "https://acme.test",
    sealedSecrets: "sealed",
    browserHash: "browser",
    next: "/dashboard",
    link: null,
    createdAt: NOW,
    expiresAt: epochMs(NOW + minutes(10)),
    ...facts,
  };
}

/** Adds a provider. */
export async function addProvider(
  store: AuthStore,
  provider: ProviderWithSecret,
): Promise<ProviderWithSecret> {
  await store.write(async (tx) => ({
    value: await tx.insertProvider(provider),
    event: event({ action: "admin.providers.create" }),
  }));
  return provider;
}

/** Links identities, each with its tokens, to a user. */
export async function addIdentities(
  store: AuthStore,
  identities: readonly Identity[],
  sealer: Sealer = theSealer,
): Promise<void> {
  await store.write(async (tx) => {
    for (const identity of identities) {
      await tx.insertIdentity(identity);
      await tx.saveIdentityTokens(newTokens(identity.id, {}, sealer));
    }
    return { value: null, event: event({ action: "oauth_link" }) };
  });
}

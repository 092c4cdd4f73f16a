/**
 * Tokens of identities: kept, found, and refreshed by one of all who would.
 *
 * @module
 */

import type {
  AuthReads,
  AuthTx,
  IdentityId,
  IdentityTokens,
  ProviderBookkeeping,
} from "@postern/auth";
import { cell, change, column, momentOrNull, type Runner, rowKind } from "./_rows.ts";
import type { identityTokens } from "./schema/identity_tokens.ts";
import type { Writer } from "./writer.ts";
import type { WriterTx } from "./writer_tx.ts";

type TokensRow = Omit<
  typeof identityTokens.$inferSelect,
  "claimed_until" | "access_key_id" | "refresh_key_id"
>;

const TOKENS = rowKind<TokensRow>("identity_tokens", {
  identity_id: true,
  sealed_access: true,
  sealed_refresh: true,
  expires_at: true,
  scopes: true,
  generation: true,
  refresh_at: true,
});

const FIND = `SELECT ${TOKENS.json} FROM identity_tokens WHERE identity_id = ?`;
const DUE = `
  SELECT ${TOKENS.json} FROM identity_tokens
  WHERE refresh_at <= ?1 AND (claimed_until IS NULL OR claimed_until <= ?1)
  ORDER BY refresh_at LIMIT ?2
`;

/** Also ends a claim: whoever refreshes meanwhile refreshes what is gone. */
const SAVE = `
  ${TOKENS.insert} ON CONFLICT (identity_id) DO UPDATE SET
    sealed_access = excluded.sealed_access, sealed_refresh = excluded.sealed_refresh,
    expires_at = excluded.expires_at, scopes = excluded.scopes,
    generation = excluded.generation, refresh_at = excluded.refresh_at, claimed_until = NULL
`;
const CLAIM = `
  UPDATE identity_tokens SET claimed_until = ?
  WHERE identity_id = ? AND generation = ? AND (claimed_until IS NULL OR claimed_until <= ?)
`;
const STORE = `
  UPDATE identity_tokens SET
    sealed_access = ?, sealed_refresh = ?, expires_at = ?, scopes = ?, generation = ?,
    refresh_at = ?, claimed_until = NULL
  WHERE identity_id = ? AND generation = ?
`;
const RELEASE = `
  UPDATE identity_tokens SET claimed_until = NULL, refresh_at = ?
  WHERE identity_id = ? AND generation = ?
`;
const RECONNECT = "UPDATE identities SET needs_reconnect = 1 WHERE id = ?";

/** Finding tokens. */
export function identityTokenReads(
  runner: Runner,
): Pick<AuthReads, "findIdentityTokens" | "listDueTokens"> {
  return {
    listDueTokens: async (now, limit) => (await column(runner, DUE, [now, limit])).map(readTokens),
    findIdentityTokens: async (id) => {
      const found = await cell(runner, FIND, [id]);
      return found === undefined ? null : readTokens(found);
    },
  };
}

/** Keeping tokens. */
export function identityTokenWrites(tx: WriterTx): Pick<AuthTx, "saveIdentityTokens"> {
  return {
    saveIdentityTokens: async (tokens) => {
      await change(tx, SAVE, TOKENS.values(tokensRow(tokens)));
    },
  };
}

/** Refreshing tokens. */
export function tokenRefreshes(
  writer: Writer,
): Pick<
  ProviderBookkeeping,
  "claimTokenRefresh" | "storeRefreshedTokens" | "markReconnect" | "releaseTokenRefresh"
> {
  return {
    claimTokenRefresh: ({ identityId, generation }, now, leaseMs) =>
      writer.run(async (tx) => {
        const claim = [now + leaseMs, identityId, generation, now];
        return (await change(tx, CLAIM, claim)) > 0;
      }),
    storeRefreshedTokens: (tokens) =>
      writer.run(async (tx) => {
        const row = tokensRow(tokens);
        const { identity_id, generation, sealed_access, sealed_refresh, expires_at, scopes } = row;
        const values = [sealed_access, sealed_refresh, expires_at, scopes, generation];
        const where = [identity_id, generation - 1];
        return (await change(tx, STORE, [...values, row.refresh_at, ...where])) > 0;
      }),
    markReconnect: ({ identityId, generation }) =>
      writer.run(async (tx) => {
        const released = await change(tx, RELEASE, [null, identityId, generation]);
        if (released > 0) await change(tx, RECONNECT, [identityId]);
      }),
    releaseTokenRefresh: ({ identityId, generation }, refreshAt) =>
      writer.run(async (tx) => {
        await change(tx, RELEASE, [refreshAt, identityId, generation]);
      }),
  };
}

function tokensRow(tokens: IdentityTokens): TokensRow {
  return {
    identity_id: tokens.identityId,
    sealed_access: tokens.sealedAccess,
    sealed_refresh: tokens.sealedRefresh,
    expires_at: tokens.expiresAt,
    scopes: JSON.stringify(tokens.scopes),
    generation: tokens.generation,
    refresh_at: tokens.refreshAt,
  };
}

function readTokens(json: unknown): IdentityTokens {
  const row = TOKENS.read(json);
  return {
    identityId: row.identity_id as IdentityId,
    sealedAccess: row.sealed_access,
    sealedRefresh: row.sealed_refresh,
    expiresAt: momentOrNull(row.expires_at),
    scopes: JSON.parse(row.scopes),
    generation: row.generation,
    refreshAt: momentOrNull(row.refresh_at),
  };
}

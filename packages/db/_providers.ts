/**
 * Providers: found, made and changed, and how they were at their last check.
 *
 * @module
 */

import type {
  AuthReads,
  AuthTx,
  Leaving,
  ProviderHealth,
  ProviderKind,
  ProviderPatch,
  ProviderWithSecret,
} from "@postern/auth";
import { type EpochMs, epochMs, err, ok } from "@postern/std";
import { lockedOutAdministrators } from "./_leaving_providers.ts";
import { cell, change, column, type Runner, rowKind } from "./_rows.ts";
import { LEAVING_FORCED, LEAVING_SPARING, type providers } from "./schema/providers.ts";
import type { WriterTx } from "./writer_tx.ts";

type ProviderRow = Omit<typeof providers.$inferSelect, "secret_key_id" | "previous_secret_key_id">;

const PROVIDERS = rowKind<ProviderRow>("providers", {
  id: true,
  kind: true,
  name: true,
  issuer: true,
  client_id: true,
  scopes: true,
  enabled: true,
  source: true,
  sealed_secret: true,
  sealed_previous_secret: true,
  created_at: true,
  updated_at: true,
});

const LIST = `SELECT ${PROVIDERS.json} FROM providers ORDER BY id`;
const FIND = `SELECT ${PROVIDERS.json} FROM providers WHERE id = ?`;
const INSERT = `${PROVIDERS.insert} ON CONFLICT DO NOTHING`;

const HEALTH = `
  SELECT json_array(provider_id, checked_at, ok, checks) FROM provider_health ORDER BY provider_id
`;

/** Nothing where the provider is gone, or was checked by somebody else since. */
const SAVE_HEALTH = `
  INSERT INTO provider_health (provider_id, checked_at, ok, checks)
  SELECT id, ?2, ?3, ?4 FROM providers WHERE id = ?1
  ON CONFLICT (provider_id) DO UPDATE
  SET checked_at = excluded.checked_at, ok = excluded.ok, checks = excluded.checks
  WHERE excluded.checked_at >= checked_at
`;

/** Finding providers. */
export function providerReads(
  runner: Runner,
): Pick<
  AuthReads,
  "listProviders" | "findProvider" | "listProviderHealth" | "listLockedOutAdministrators"
> {
  return {
    listProviders: async () => (await column(runner, LIST, [])).map(readProvider),
    findProvider: async (id) => {
      const found = await cell(runner, FIND, [id]);
      return found === undefined ? null : readProvider(found);
    },
    listLockedOutAdministrators: (id) => lockedOutAdministrators(runner, id),
    listProviderHealth: async () => (await column(runner, HEALTH, [])).map(readHealth),
  };
}

/** Making and changing providers. */
export function providerWrites(tx: WriterTx): Pick<AuthTx, "insertProvider" | "updateProvider"> {
  function announced(rows: number): boolean {
    if (rows > 0) tx.announce({ kind: "providers_changed" });
    return rows > 0;
  }
  return {
    insertProvider: async (provider) => {
      const made = await change(tx, INSERT, PROVIDERS.values(providerRow(provider)));
      return announced(made) ? ok(null) : err({ code: "conflict" });
    },
    updateProvider: async (id, patch, at) => announced(await update(tx, id, { patch, at })),
  };
}

/** Keeps the outcome of a check. */
export async function saveHealth(tx: WriterTx, health: ProviderHealth): Promise<void> {
  const { providerId, checkedAt, ok: isOk, checks } = health;
  await change(tx, SAVE_HEALTH, [providerId, checkedAt, isOk ? 1 : 0, JSON.stringify(checks)]);
}

async function update(
  tx: WriterTx,
  id: string,
  { patch, at }: { readonly patch: ProviderPatch; readonly at: EpochMs },
): Promise<number> {
  const found = await cell(tx, FIND, [id]);
  if (found === undefined) return 0;
  const row = providerRow({ ...readProvider(found), ...patch, updatedAt: at });
  const columns = (Object.keys(row) as (keyof ProviderRow)[]).filter((name) => name !== "id");
  const sets = columns.map((name) => `${name} = ?`).join(", ");
  const values = columns.map((name) => row[name]);
  return await change(tx, `UPDATE providers SET ${sets} WHERE id = ?`, [...values, id]);
}

function providerRow(provider: ProviderWithSecret): ProviderRow {
  return {
    id: provider.id,
    kind: provider.kind,
    name: provider.name,
    issuer: provider.issuer,
    client_id: provider.clientId,
    scopes: JSON.stringify(provider.scopes),
    enabled: stateOf(provider),
    source: provider.source,
    sealed_secret: provider.sealedSecret,
    sealed_previous_secret: provider.sealedPreviousSecret,
    created_at: provider.createdAt,
    updated_at: provider.updatedAt,
  };
}

function stateOf({
  isEnabled,
  leaving,
}: Pick<ProviderWithSecret, "isEnabled" | "leaving">): number {
  if (leaving !== null) return leaving === "forced" ? LEAVING_FORCED : LEAVING_SPARING;
  return isEnabled ? 1 : 0;
}

function leavingOf(state: number): Leaving | null {
  if (state === LEAVING_FORCED) return "forced";
  return state === LEAVING_SPARING ? "sparing" : null;
}

function readProvider(json: unknown): ProviderWithSecret {
  const row = PROVIDERS.read(json);
  return {
    id: row.id,
    kind: row.kind as ProviderKind,
    name: row.name,
    issuer: row.issuer,
    clientId: row.client_id,
    scopes: JSON.parse(row.scopes),
    isEnabled: row.enabled === 1,
    leaving: leavingOf(row.enabled),
    source: row.source as ProviderWithSecret["source"],
    sealedSecret: row.sealed_secret,
    sealedPreviousSecret: row.sealed_previous_secret,
    createdAt: epochMs(row.created_at),
    updatedAt: epochMs(row.updated_at),
  };
}

function readHealth(json: unknown): ProviderHealth {
  const [providerId, checkedAt, isOk, checks] = JSON.parse(String(json));
  return { providerId, checkedAt: epochMs(checkedAt), ok: isOk === 1, checks: JSON.parse(checks) };
}

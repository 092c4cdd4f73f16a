/**
 * Identities: linked, found, used and taken away.
 *
 * @module
 */

import type { AuthReads, AuthTx, Identity, IdentityId, UserId } from "@postern/auth";
import { epochMs, err, ok } from "@postern/std";
import type { Cell } from "./_json_rows.ts";
import { NO_PAGE, pageOf, readCursor, rowsFor } from "./_page.ts";
import { cell, change, column, type Runner, rowKind } from "./_rows.ts";
import type { identities } from "./schema/identities.ts";
import type { WriterTx } from "./writer_tx.ts";

type IdentityRow = typeof identities.$inferSelect;

const IDENTITIES = rowKind<IdentityRow>("identities", {
  id: true,
  user_id: true,
  provider_id: true,
  issuer: true,
  subject: true,
  label: true,
  linked_at: true,
  used_at: true,
  needs_reconnect: true,
});

const FIND = `SELECT ${IDENTITIES.json} FROM identities WHERE id = ?`;
const BY_SUBJECT = `SELECT ${IDENTITIES.json} FROM identities WHERE issuer = ? AND subject = ?`;
const LIST = `
  SELECT ${IDENTITIES.json} FROM identities
  WHERE user_id = ? AND id < ? ORDER BY id DESC LIMIT ?
`;
const OTHER_WAYS = `
  SELECT count(*) FROM identities i CROSS JOIN providers p ON p.id = i.provider_id
  WHERE i.user_id = ? AND i.id <> ? AND p.enabled = 1
`;
const INSERT = `${IDENTITIES.insert} ON CONFLICT DO NOTHING`;
const USE = `
  UPDATE identities SET used_at = ?, provider_id = ?, label = ?, needs_reconnect = 0 WHERE id = ?
`;
const DELETE = "DELETE FROM identities WHERE id = ? AND +user_id = ?";
const DELETE_ALL = "DELETE FROM identities WHERE user_id = ?";

/** Sorts after every id. */
const AFTER_ALL = "g";

/** Finding identities. */
export function identityReads(
  runner: Runner,
): Pick<AuthReads, "findIdentity" | "findIdentityBySubject" | "listIdentities" | "countOtherWays"> {
  return {
    findIdentity: (id) => find(runner, FIND, [id]),
    findIdentityBySubject: (issuer, subject) => find(runner, BY_SUBJECT, [issuer, subject]),
    listIdentities: async (userId, page) => {
      const cursor = readCursor(page, [AFTER_ALL]);
      if (cursor === undefined) return NO_PAGE;
      const rows = await column(runner, LIST, [userId, ...cursor, rowsFor(page)]);
      return pageOf(rows.map(readIdentity), page, (identity) => [identity.id]);
    },
    countOtherWays: async (userId, than) => Number(await cell(runner, OTHER_WAYS, [userId, than])),
  };
}

/** Linking, using and taking away identities. Their tokens go with them. */
export function identityWrites(
  tx: WriterTx,
): Pick<AuthTx, "insertIdentity" | "useIdentity" | "deleteIdentity" | "deleteIdentitiesOf"> {
  return {
    insertIdentity: async (identity) => {
      const made = await change(tx, INSERT, IDENTITIES.values(identityRow(identity)));
      return made > 0 ? ok(null) : err({ code: "conflict" });
    },
    useIdentity: async (id, { providerId, label }, at) => {
      await change(tx, USE, [at, providerId, label, id]);
    },
    deleteIdentity: async (id, userId) => (await change(tx, DELETE, [id, userId])) > 0,
    deleteIdentitiesOf: (userId) => change(tx, DELETE_ALL, [userId]),
  };
}

async function find(runner: Runner, sql: string, args: readonly Cell[]): Promise<Identity | null> {
  const found = await cell(runner, sql, args);
  return found === undefined ? null : readIdentity(found);
}

function identityRow(identity: Identity): IdentityRow {
  return {
    id: identity.id,
    user_id: identity.userId,
    provider_id: identity.providerId,
    issuer: identity.issuer,
    subject: identity.subject,
    label: identity.label,
    linked_at: identity.linkedAt,
    used_at: identity.usedAt,
    needs_reconnect: identity.needsReconnect ? 1 : 0,
  };
}

function readIdentity(json: unknown): Identity {
  const row = IDENTITIES.read(json);
  return {
    id: row.id as IdentityId,
    userId: row.user_id as UserId,
    providerId: row.provider_id,
    issuer: row.issuer,
    subject: row.subject,
    label: row.label,
    linkedAt: epochMs(row.linked_at),
    usedAt: epochMs(row.used_at),
    needsReconnect: row.needs_reconnect === 1,
  };
}

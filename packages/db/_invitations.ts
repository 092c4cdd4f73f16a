/**
 * Invitations: kept, found, and spent once.
 *
 * @module
 */

import type { AuthReads, AuthTx, Invitation } from "@postern/auth";
import { epochMs } from "@postern/std";
import { cell, change, type Runner, rowKind } from "./_rows.ts";
import type { invitations } from "./schema/invitations.ts";
import type { WriterTx } from "./writer_tx.ts";

type InvitationRow = typeof invitations.$inferSelect;

const INVITATIONS = rowKind<InvitationRow>("invitations", {
  token_hash: true,
  email: true,
  email_key: true,
  created_at: true,
  expires_at: true,
});

const FIND = `SELECT ${INVITATIONS.json} FROM invitations WHERE token_hash = ?`;
const PUT = `
  ${INVITATIONS.insert} ON CONFLICT (email_key) DO UPDATE SET
  token_hash = excluded.token_hash, email = excluded.email,
  created_at = excluded.created_at, expires_at = excluded.expires_at
`;
const SPEND = "DELETE FROM invitations WHERE token_hash = ? AND expires_at > ?";

/** Finding invitations. */
export function invitationReads(runner: Runner): Pick<AuthReads, "findInvitation"> {
  return {
    findInvitation: async (tokenHash) => {
      const found = await cell(runner, FIND, [tokenHash]);
      return found === undefined ? null : invitationOf(INVITATIONS.read(found));
    },
  };
}

/** Keeping and spending invitations. */
export function invitationWrites(tx: WriterTx): Pick<AuthTx, "putInvitation" | "spendInvitation"> {
  return {
    putInvitation: async ({ tokenHash, email, createdAt, expiresAt }) => {
      const row = {
        token_hash: tokenHash,
        email,
        email_key: email.toLowerCase(),
        created_at: createdAt,
        expires_at: expiresAt,
      };
      await change(tx, PUT, INVITATIONS.values(row));
    },
    spendInvitation: async (tokenHash, now) => (await change(tx, SPEND, [tokenHash, now])) === 1,
  };
}

function invitationOf(row: InvitationRow): Invitation {
  return {
    tokenHash: row.token_hash,
    email: row.email,
    createdAt: epochMs(row.created_at),
    expiresAt: epochMs(row.expires_at),
  };
}

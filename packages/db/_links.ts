/**
 * Links in mails: kept, found, and spent once.
 *
 * @module
 */

import type { AuthReads, AuthTx, Link, LinkKind, UserId } from "@postern/auth";
import { epochMs } from "@postern/std";
import { cell, change, type Runner, rowKind } from "./_rows.ts";
import type { links } from "./schema/links.ts";
import type { WriterTx } from "./writer_tx.ts";

type LinkRow = typeof links.$inferSelect;

const LINKS = rowKind<LinkRow>("links", {
  token_hash: true,
  kind: true,
  user_id: true,
  email: true,
  browser_hash: true,
  created_at: true,
  expires_at: true,
});

const FIND = `SELECT ${LINKS.json} FROM links WHERE token_hash = ? AND kind = ?`;
const SPEND = `
  DELETE FROM links WHERE token_hash = ? AND kind = ? AND expires_at > ? RETURNING ${LINKS.json}
`;
const VOID = `
  DELETE FROM links
  WHERE user_id = ? AND kind IN (SELECT value FROM json_each(?)) AND created_at >= ?
`;

/** Finding links. */
export function linkReads(runner: Runner): Pick<AuthReads, "findLink"> {
  return {
    findLink: async (tokenHash, kind) => {
      const found = await cell(runner, FIND, [tokenHash, kind]);
      return found === undefined ? null : readLink(found);
    },
  };
}

/** Keeping and spending links. */
export function linkWrites(tx: WriterTx): Pick<AuthTx, "insertLink" | "spendLink" | "voidLinks"> {
  return {
    insertLink: async (link) => {
      await change(tx, LINKS.insert, LINKS.values(linkRow(link)));
    },
    spendLink: async (tokenHash, kind, now) => {
      const spent = await cell(tx, SPEND, [tokenHash, kind, now]);
      return spent === undefined ? null : readLink(spent);
    },
    voidLinks: async (userId, kinds, since = epochMs(0)) => {
      await change(tx, VOID, [userId, JSON.stringify(kinds), since]);
    },
  };
}

function linkRow(link: Link): LinkRow {
  return {
    token_hash: link.tokenHash,
    kind: link.kind,
    user_id: link.userId,
    email: link.email,
    browser_hash: link.browserHash,
    created_at: link.createdAt,
    expires_at: link.expiresAt,
  };
}

function readLink(json: unknown): Link {
  const row = LINKS.read(json);
  return {
    tokenHash: row.token_hash,
    kind: row.kind as LinkKind,
    userId: row.user_id as UserId,
    email: row.email,
    browserHash: row.browser_hash,
    createdAt: epochMs(row.created_at),
    expiresAt: epochMs(row.expires_at),
  };
}

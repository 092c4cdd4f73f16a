/**
 * Signups: kept, found, and taken once.
 *
 * @module
 */

import type { AuthReads, AuthTx, Signup, SignupId } from "@postern/auth";
import { epochMs } from "@postern/std";
import { cell, change, column, type Runner, rowKind } from "./_rows.ts";
import type { signups } from "./schema/signups.ts";
import type { WriterTx } from "./writer_tx.ts";

type SignupRow = typeof signups.$inferSelect;

/** Most signups of one address, or for one username, that are looked at. */
const FOUND_MAX = 20;

const SIGNUPS = rowKind<SignupRow>("signups", {
  id: true,
  email: true,
  email_key: true,
  username: true,
  name: true,
  password_hash: true,
  browser_hash: true,
  link_hash: true,
  link_expires_at: true,
  created_at: true,
  expires_at: true,
});

const NEWEST = `AND expires_at > ? ORDER BY id DESC LIMIT ${FOUND_MAX}`;
const BY_EMAIL = `SELECT ${SIGNUPS.json} FROM signups WHERE email_key = ? ${NEWEST}`;
const BY_USERNAME = `SELECT ${SIGNUPS.json} FROM signups WHERE username = ? ${NEWEST}`;
const BY_LINK = `SELECT ${SIGNUPS.json} FROM signups WHERE link_hash = ?`;
const RENEW = "UPDATE signups SET link_hash = ?, link_expires_at = ? WHERE id = ?";
const TAKE = `
  DELETE FROM signups WHERE link_hash = ? AND link_expires_at > ? AND expires_at > ?
  RETURNING ${SIGNUPS.json}
`;
const DELETE_OF = "DELETE FROM signups WHERE email_key = ?";

/** Finding signups. */
export function signupReads(runner: Runner): Pick<AuthReads, "findSignups" | "findSignupByLink"> {
  return {
    findSignups: async (by, now) => {
      const [sql, key] = "email" in by ? [BY_EMAIL, by.email] : [BY_USERNAME, by.username];
      return (await column(runner, sql, [key.toLowerCase(), now])).map(readSignup);
    },
    findSignupByLink: async (linkHash) => {
      const found = await cell(runner, BY_LINK, [linkHash]);
      return found === undefined ? null : readSignup(found);
    },
  };
}

/** Keeping and taking signups. */
export function signupWrites(
  tx: WriterTx,
): Pick<AuthTx, "insertSignup" | "renewSignupLink" | "takeSignup" | "deleteSignupsOf"> {
  return {
    insertSignup: async (signup) => {
      await change(tx, SIGNUPS.insert, SIGNUPS.values(signupRow(signup)));
    },
    renewSignupLink: async (id, linkHash, linkExpiresAt) => {
      await change(tx, RENEW, [linkHash, linkExpiresAt, id]);
    },
    takeSignup: async (linkHash, now) => {
      const taken = await cell(tx, TAKE, [linkHash, now, now]);
      return taken === undefined ? null : readSignup(taken);
    },
    deleteSignupsOf: async (email) => {
      await change(tx, DELETE_OF, [email.toLowerCase()]);
    },
  };
}

function signupRow(signup: Signup): SignupRow {
  return {
    id: signup.id,
    email: signup.email,
    email_key: signup.email.toLowerCase(),
    username: signup.username.toLowerCase(),
    name: signup.name,
    password_hash: signup.passwordHash,
    browser_hash: signup.browserHash,
    link_hash: signup.linkHash,
    link_expires_at: signup.linkExpiresAt,
    created_at: signup.createdAt,
    expires_at: signup.expiresAt,
  };
}

function readSignup(json: unknown): Signup {
  const row = SIGNUPS.read(json);
  return {
    id: row.id as SignupId,
    email: row.email,
    username: row.username,
    name: row.name,
    passwordHash: row.password_hash,
    browserHash: row.browser_hash,
    linkHash: row.link_hash,
    linkExpiresAt: epochMs(row.link_expires_at),
    createdAt: epochMs(row.created_at),
    expiresAt: epochMs(row.expires_at),
  };
}

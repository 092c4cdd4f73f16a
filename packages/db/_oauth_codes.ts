/**
 * Codes of consoles: kept, found, and spent once.
 *
 * @module
 */

import type { AuthReads, AuthTx, OauthCode, SessionId, UserId } from "@postern/auth";
import { epochMs } from "@postern/std";
import { cell, change, type Runner, rowKind } from "./_rows.ts";
import type { oauthCodes } from "./schema/oauth_codes.ts";
import type { WriterTx } from "./writer_tx.ts";

type CodeRow = typeof oauthCodes.$inferSelect;

const CODES = rowKind<CodeRow>("oauth_codes", {
  code_hash: true,
  user_id: true,
  redirect_uri: true,
  code_challenge: true,
  signed_in_at: true,
  created_at: true,
  expires_at: true,
  session_id: true,
  allowed_by: true,
  step_up_for: true,
});

const FIND = `SELECT ${CODES.json} FROM oauth_codes WHERE code_hash = ?`;
const SPEND = `
  UPDATE oauth_codes SET session_id = ?
  WHERE code_hash = ? AND session_id IS NULL AND expires_at > ?
`;

/** Finding codes. */
export function oauthCodeReads(runner: Runner): Pick<AuthReads, "findOauthCode"> {
  return {
    findOauthCode: async (codeHash) => {
      const found = await cell(runner, FIND, [codeHash]);
      return found === undefined ? null : readCode(found);
    },
  };
}

/** Keeping and spending codes. */
export function oauthCodeWrites(tx: WriterTx): Pick<AuthTx, "insertOauthCode" | "spendOauthCode"> {
  return {
    insertOauthCode: async (code) => {
      await change(tx, CODES.insert, CODES.values(codeRow(code)));
    },
    spendOauthCode: async (codeHash, sessionId, now) =>
      (await change(tx, SPEND, [sessionId, codeHash, now])) === 1,
  };
}

function codeRow(code: OauthCode): CodeRow {
  return {
    code_hash: code.codeHash,
    user_id: code.userId,
    redirect_uri: code.redirectUri,
    code_challenge: code.codeChallenge,
    signed_in_at: code.signedInAt,
    created_at: code.createdAt,
    expires_at: code.expiresAt,
    session_id: code.sessionId,
    allowed_by: code.allowedBy,
    step_up_for: code.stepUpFor,
  };
}

function readCode(json: unknown): OauthCode {
  const row = CODES.read(json);
  return {
    codeHash: row.code_hash,
    userId: row.user_id as UserId,
    redirectUri: row.redirect_uri,
    codeChallenge: row.code_challenge,
    signedInAt: epochMs(row.signed_in_at),
    createdAt: epochMs(row.created_at),
    expiresAt: epochMs(row.expires_at),
    sessionId: row.session_id as SessionId | null,
    allowedBy: row.allowed_by as SessionId | null,
    stepUpFor: row.step_up_for,
  };
}

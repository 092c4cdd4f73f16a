/**
 * Links that make an owner: kept, looked for, and spent once.
 *
 * @module
 */

import type { AuthReads, AuthTx } from "@postern/auth";
import { cell, change, type Runner } from "./_rows.ts";
import type { WriterTx } from "./writer_tx.ts";

const IS_OPEN = "SELECT 1 FROM setup_links WHERE token_hash = ? AND expires_at > ?";
const INSERT = "INSERT INTO setup_links (token_hash, created_at, expires_at) VALUES (?, ?, ?)";
const SPEND = "DELETE FROM setup_links WHERE token_hash = ? AND expires_at > ?";

/** Looking for links. */
export function setupLinkReads(runner: Runner): Pick<AuthReads, "isSetupLinkOpen"> {
  return {
    isSetupLinkOpen: async (tokenHash, now) =>
      (await cell(runner, IS_OPEN, [tokenHash, now])) !== undefined,
  };
}

/** Keeping and spending links. */
export function setupLinkWrites(tx: WriterTx): Pick<AuthTx, "insertSetupLink" | "spendSetupLink"> {
  return {
    insertSetupLink: async ({ tokenHash, createdAt, expiresAt }) => {
      await change(tx, INSERT, [tokenHash, createdAt, expiresAt]);
    },
    spendSetupLink: async (tokenHash, now) => {
      if ((await change(tx, SPEND, [tokenHash, now])) === 0) return false;
      await change(tx, "DELETE FROM setup_links", []);
      return true;
    },
  };
}

/**
 * Addresses that are kept out: listed, put in place, and taken away.
 *
 * @module
 */

import type { AddressBlock, AuthReads, AuthTx, Page, PageRequest } from "@postern/auth";
import { type EpochMs, epochMs } from "@postern/std";
import { NO_PAGE, pageOf, readCursor, rowsFor } from "./_page.ts";
import { cell, change, column, momentOrNull, type Runner, rowKind } from "./_rows.ts";
import type { blockedAddresses } from "./schema/blocked_addresses.ts";
import type { WriterTx } from "./writer_tx.ts";

type BlockRow = typeof blockedAddresses.$inferSelect;

const BLOCKS = rowKind<BlockRow>("blocked_addresses", {
  cidr: true,
  reason: true,
  created_at: true,
  until: true,
});

const FIND = `SELECT ${BLOCKS.json} FROM blocked_addresses WHERE cidr = ?`;
const LIST = `
  SELECT ${BLOCKS.json} FROM blocked_addresses
  WHERE (created_at, cidr) < (?, ?) AND (until IS NULL OR until > ?)
  ORDER BY created_at DESC, cidr DESC LIMIT ?
`;
const PUT = `
  ${BLOCKS.insert} ON CONFLICT (cidr) DO UPDATE SET
  reason = excluded.reason, created_at = excluded.created_at, until = excluded.until
`;
const DELETE = "DELETE FROM blocked_addresses WHERE cidr = ?";

/** Looking for blocks. */
export function addressBlockReads(
  runner: Runner,
): Pick<AuthReads, "findAddressBlock" | "listAddressBlocks"> {
  return {
    findAddressBlock: async (cidr) => {
      const row = await cell(runner, FIND, [cidr]);
      return row === undefined ? null : blockOf(BLOCKS.read(row));
    },
    listAddressBlocks: (now, page) => list(runner, now, page),
  };
}

/** Putting blocks in place, and taking them away. */
export function addressBlockWrites(
  tx: WriterTx,
): Pick<AuthTx, "putAddressBlock" | "deleteAddressBlock"> {
  return {
    putAddressBlock: async ({ cidr, reason, createdAt, until }) => {
      const row = { cidr, reason, created_at: createdAt, until };
      await change(tx, PUT, BLOCKS.values(row));
      tx.announce({ kind: "limits_changed" });
    },
    deleteAddressBlock: async (cidr) => {
      const deleted = (await change(tx, DELETE, [cidr])) > 0;
      if (deleted) tx.announce({ kind: "limits_changed" });
      return deleted;
    },
  };
}

async function list(runner: Runner, now: EpochMs, page: PageRequest): Promise<Page<AddressBlock>> {
  const cursor = readCursor(page, [Number.MAX_SAFE_INTEGER, ""]);
  if (cursor === undefined) return NO_PAGE;
  const rows = await column(runner, LIST, [...cursor, now, rowsFor(page)]);
  const found = rows.map((row) => blockOf(BLOCKS.read(row)));
  return pageOf(found, page, ({ createdAt, cidr }) => [createdAt, cidr]);
}

function blockOf(row: BlockRow): AddressBlock {
  return {
    cidr: row.cidr,
    reason: row.reason,
    createdAt: epochMs(row.created_at),
    until: momentOrNull(row.until),
  };
}

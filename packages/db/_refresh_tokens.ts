/**
 * Refresh tokens: remembered, found and exchanged, each for one successor.
 *
 * @module
 */

import type {
  AuthReads,
  AuthTx,
  RefreshToken,
  RefreshTokenId,
  Rotation,
  SessionId,
} from "@postern/auth";
import { epochMs } from "@postern/std";
import { type Cell, jsonRows } from "./_json_rows.ts";
import { cell, change, column, momentOrNull, type Runner, rowKind } from "./_rows.ts";
import { sessionWrites } from "./_sessions.ts";
import { type Sight, touchAll } from "./_touch_sessions.ts";
import type { refreshTokens } from "./schema/refresh_tokens.ts";
import type { WriterTx } from "./writer_tx.ts";

type RefreshTokenRow = typeof refreshTokens.$inferSelect;

const TOKENS = rowKind<RefreshTokenRow>("refresh_tokens", {
  id: true,
  session_id: true,
  key_id: true,
  issued_at: true,
  expires_at: true,
  spent_at: true,
  successor: true,
});

const FIND = `SELECT ${TOKENS.json} FROM refresh_tokens WHERE id = ?`;

/** Takes rows of: token, time, sealed successor. */
const SPEND = `
  UPDATE refresh_tokens AS t SET spent_at = r.value ->> 1, successor = r.value ->> 2
  FROM json_each(?) r
  WHERE t.id = r.value ->> 0 AND t.spent_at IS NULL AND t.expires_at > r.value ->> 1
    AND EXISTS (
      SELECT 1 FROM sessions s
      WHERE s.id = t.session_id AND s.ended_at IS NULL
        AND s.seen_at + s.idle_ms > r.value ->> 1 AND s.created_at + s.absolute_ms > r.value ->> 1
    )
  RETURNING id
`;

/** Tells whether the key of a token was dropped while it was being made. */
const INSERT = `${TOKENS.insert} RETURNING (SELECT k.state = 'retired' FROM keys k WHERE k.id = key_id)`;
const DROPPED = `
  SELECT id FROM keys WHERE id IN (SELECT value FROM json_each(?)) AND state = 'retired'
`;

/** Finding tokens. */
export function refreshTokenReads(runner: Runner): Pick<AuthReads, "findRefreshToken"> {
  return {
    findRefreshToken: async (id) => {
      const found = await cell(runner, FIND, [id]);
      return found === undefined ? null : tokenOf(TOKENS.read(found));
    },
  };
}

/** Remembering tokens. */
export function refreshTokenWrites(tx: WriterTx): Pick<AuthTx, "insertRefreshToken"> {
  return {
    insertRefreshToken: async (token) => {
      const isDropped = await cell(tx, INSERT, TOKENS.values(tokenRow(token)));
      if (isDropped === 1) await endAsCompromised(tx, [token]);
    },
  };
}

/**
 * Exchanges tokens, in their order, by four statements for all. An exchange is use of the session,
 * which else would come to rest under a caller that asks for nothing but tokens.
 *
 * @returns For each whether it was; of two that spend one token, the first.
 */
export async function rotateAll(
  tx: WriterTx,
  rotations: readonly Rotation[],
): Promise<readonly boolean[]> {
  const firsts = new Map<RefreshTokenId, Rotation>();
  for (const rotation of rotations) {
    if (!firsts.has(rotation.spend)) firsts.set(rotation.spend, rotation);
  }
  const asked = [...firsts.values()].map((it): Cell[] => [it.spend, it.at, it.sealedSuccessor]);
  const spent = new Set(await column(tx, SPEND, [jsonRows(asked)]));
  const done = [...firsts.values()].filter((it) => spent.has(it.spend));
  if (done.length > 0) {
    const next = done.map((it) => TOKENS.values(tokenRow(it.next)));
    await change(tx, TOKENS.insertAll, [jsonRows(next)]);
    await touchAll(tx, [done.map((it): Sight => [it.next.sessionId, it.at])]);
    await endDropped(
      tx,
      done.map((it) => it.next),
    );
  }
  const won = new Set(done);
  return rotations.map((rotation) => won.has(rotation));
}

async function endDropped(tx: WriterTx, tokens: readonly RefreshToken[]): Promise<void> {
  const keyIds = new Set(tokens.map((token) => token.keyId));
  const dropped = new Set(await column(tx, DROPPED, [JSON.stringify([...keyIds])]));
  if (dropped.size === 0) return;
  await endAsCompromised(
    tx,
    tokens.filter((token) => dropped.has(token.keyId)),
  );
}

/**
 * Ends sessions whose token is of a key that was dropped between the choice of it and this write, as they
 * would have been ended with the key had they been a moment earlier.
 */
async function endAsCompromised(tx: WriterTx, tokens: readonly RefreshToken[]): Promise<void> {
  const at = Math.max(...tokens.map((token) => token.issuedAt));
  const ids = tokens.map((token) => token.sessionId);
  await sessionWrites(tx).endSessions({ ids }, epochMs(at), "key_compromised");
}

function tokenRow(token: RefreshToken): RefreshTokenRow {
  return {
    id: token.id,
    session_id: token.sessionId,
    key_id: token.keyId,
    issued_at: token.issuedAt,
    expires_at: token.expiresAt,
    spent_at: token.spentAt,
    successor: token.successor,
  };
}

function tokenOf(row: RefreshTokenRow): RefreshToken {
  return {
    id: row.id as RefreshTokenId,
    sessionId: row.session_id as SessionId,
    keyId: row.key_id,
    issuedAt: epochMs(row.issued_at),
    expiresAt: epochMs(row.expires_at),
    spentAt: momentOrNull(row.spent_at),
    successor: row.successor,
  };
}

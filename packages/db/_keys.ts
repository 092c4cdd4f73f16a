/**
 * Keys: listed, added, and moved on.
 *
 * @module
 */

import type { AuthReads, AuthTx, Dependants, Key, KeyId, KeyState, Ring } from "@postern/auth";
import { type EpochMs, epochMs } from "@postern/std";
import { countSealedBy } from "./_reseal.ts";
import { cell, change, column, momentOrNull, type Runner, rowKind } from "./_rows.ts";
import { IS_LIVE } from "./_session_row.ts";
import type { keys } from "./schema/keys.ts";
import type { WriterTx } from "./writer_tx.ts";

type KeyRow = typeof keys.$inferSelect;

const KEYS = rowKind<KeyRow>("keys", {
  id: true,
  ring: true,
  state: true,
  sealed_secret: true,
  public_jwk: true,
  created_at: true,
  current_at: true,
  previous_at: true,
  retired_at: true,
});

const LIST = `SELECT ${KEYS.json} FROM keys ORDER BY created_at, id`;

const SIGNED = `
  SELECT json_array(count(*), count(DISTINCT s.id))
  FROM refresh_tokens t LEFT JOIN sessions s ON s.id = t.session_id AND ${IS_LIVE}
  WHERE t.key_id = ? AND t.spent_at IS NULL AND t.expires_at > ?
`;

/** Refresh tokens stand for what they were given with. */
const CONSOLES = `
  SELECT count(DISTINCT s.id)
  FROM refresh_tokens t JOIN sessions s ON s.id = t.session_id AND ${IS_LIVE}
  WHERE t.key_id = ? AND t.spent_at IS NULL AND t.expires_at > ? AND s.kind = 'console'
`;

/** The column that tells since when a key has been in a state. */
const SINCE = {
  next: "created_at",
  current: "current_at",
  previous: "previous_at",
  retired: "retired_at",
} as const satisfies Record<KeyState, keyof KeyRow>;

/** Listing keys. */
export function keyReads(
  runner: Runner,
): Pick<AuthReads, "listKeys" | "countDependants" | "countConsoles"> {
  return {
    listKeys: async () => (await column(runner, LIST, [])).map((row) => keyOf(KEYS.read(row))),
    countDependants: (keyId, now) => countDependants(runner, keyId, now),
    countConsoles: async (keyId, now) =>
      Number(await cell(runner, CONSOLES, [now, now, keyId, now])),
  };
}

/** Adding keys and moving them on. */
export function keyWrites(tx: WriterTx): Pick<AuthTx, "insertKey" | "moveKey"> {
  return {
    insertKey: async (key) => {
      await change(tx, KEYS.insert, KEYS.values(keyRow(key)));
      tx.announce({ kind: "keys_changed" });
    },
    moveKey: async (id, ...[from, to, at]) => {
      const sql = `UPDATE keys SET state = ?, ${SINCE[to]} = ? WHERE id = ? AND state = ?`;
      const moved = (await change(tx, sql, [to, at, id, from])) > 0;
      if (moved) tx.announce({ kind: "keys_changed" });
      return moved;
    },
  };
}

async function countDependants(runner: Runner, keyId: KeyId, now: EpochMs): Promise<Dependants> {
  const signed = await cell(runner, SIGNED, [now, now, keyId, now]);
  const [tokens, sessions] = JSON.parse(String(signed)) as [number, number];
  return { sessions, tokens, secrets: await countSealedBy(runner, keyId) };
}

function keyRow(key: Key): KeyRow {
  return {
    id: key.id,
    ring: key.ring,
    state: key.state,
    sealed_secret: key.sealedSecret,
    public_jwk: key.publicJwk,
    created_at: key.createdAt,
    current_at: key.currentAt,
    previous_at: key.previousAt,
    retired_at: key.retiredAt,
  };
}

function keyOf(row: KeyRow): Key {
  return {
    id: row.id as KeyId,
    ring: row.ring as Ring,
    state: row.state as KeyState,
    sealedSecret: row.sealed_secret,
    publicJwk: row.public_jwk,
    createdAt: epochMs(row.created_at),
    currentAt: momentOrNull(row.current_at),
    previousAt: momentOrNull(row.previous_at),
    retiredAt: momentOrNull(row.retired_at),
  };
}

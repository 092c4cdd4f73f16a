/**
 * Where sealed texts lie that may be asked for after their key has retired, unless they are sealed anew.
 *
 * Not visits to providers, nor successors of refresh tokens: those run out before their key retires.
 *
 * @module
 */

import {
  type Change,
  type IdentityId,
  letterContext,
  type MailId,
  providerContext,
  tokenContext,
} from "@postern/auth";
import type { EpochMs } from "@postern/std";
import type { Cell } from "./_json_rows.ts";

/** A column of sealed texts. */
export interface SealedPlace {
  readonly table: string;
  readonly id: string;
  readonly sealed: string;
  /** The column that tells the key of each: null where there is no text, empty where one was dropped. */
  readonly keyId: string;
  /** What the text of a row is sealed for. */
  contextOf(id: string): string;
  /** What drops texts that do not open, and tells whoever will miss them. `ids` is a JSON array. */
  drop(ids: string, now: EpochMs): readonly (readonly [sql: string, args: readonly Cell[]])[];
  /** What is announced when texts changed here. */
  readonly change?: Change;
}

const AMONG = "IN (SELECT value FROM json_each(?))";
const NEEDS_RECONNECT = `UPDATE identities SET needs_reconnect = 1 WHERE id ${AMONG}`;

const MAILS: SealedPlace = {
  table: "outbox",
  id: "id",
  sealed: "sealed",
  keyId: "key_id",
  contextOf: (id) => letterContext(id as MailId),
  drop: (ids, now) => [
    [
      `UPDATE outbox SET dead_at = ?, error_class = 'unreadable', sealed = NULL WHERE id ${AMONG}`,
      [now, ids],
    ],
  ],
};

const PROVIDER_SECRETS: SealedPlace = {
  table: "providers",
  id: "id",
  sealed: "sealed_secret",
  keyId: "secret_key_id",
  contextOf: providerContext,
  drop: (ids) => [[`UPDATE providers SET sealed_secret = '' WHERE id ${AMONG}`, [ids]]],
  change: { kind: "providers_changed" },
};

const PREVIOUS_SECRETS: SealedPlace = {
  ...PROVIDER_SECRETS,
  sealed: "sealed_previous_secret",
  keyId: "previous_secret_key_id",
  drop: (ids) => [[`UPDATE providers SET sealed_previous_secret = NULL WHERE id ${AMONG}`, [ids]]],
};

const ACCESS_TOKENS: SealedPlace = {
  table: "identity_tokens",
  id: "identity_id",
  sealed: "sealed_access",
  keyId: "access_key_id",
  contextOf: (id) => tokenContext(id as IdentityId, "access"),
  drop: (ids) => [
    [`UPDATE identity_tokens SET sealed_access = '' WHERE identity_id ${AMONG}`, [ids]],
    [NEEDS_RECONNECT, [ids]],
  ],
};

const REFRESH_TOKENS: SealedPlace = {
  ...ACCESS_TOKENS,
  sealed: "sealed_refresh",
  keyId: "refresh_key_id",
  contextOf: (id) => tokenContext(id as IdentityId, "refresh"),
  drop: (ids) => [
    [`UPDATE identity_tokens SET sealed_refresh = NULL WHERE identity_id ${AMONG}`, [ids]],
    [NEEDS_RECONNECT, [ids]],
  ],
};

/** All of them, in the order in which they are sealed anew. */
export const SEALED_PLACES: readonly SealedPlace[] = [
  PROVIDER_SECRETS,
  PREVIOUS_SECRETS,
  MAILS,
  ACCESS_TOKENS,
  REFRESH_TOKENS,
];

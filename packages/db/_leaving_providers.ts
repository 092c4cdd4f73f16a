/**
 * Taking providers away: whom it locks out, and their identities, in steps that keep nobody waiting.
 *
 * Both walk along the index from user to user. A step goes over so few that it takes some milliseconds,
 * and is followed by a rest as long: 500,000 identities go in one to three minutes.
 *
 * @module
 */

import type {
  DropStep,
  LockedOut,
  LockedOutStep,
  ProviderBookkeeping,
  UserId,
} from "@postern/auth";
import { cell, change, type Runner } from "./_rows.ts";
import { LEAVING_FORCED } from "./schema/providers.ts";
import type { Writer } from "./writer.ts";
import type { WriterTx } from "./writer_tx.ts";

/** Users that one step looks at. */
const USERS_LOOKED_AT = 1_000;

/** Users whose identities one transaction takes away: it holds the lane for a few ms. */
const USERS_AT_ONCE = 40;

/** Before every user's id. */
const BEFORE_ALL = Number.MIN_SAFE_INTEGER;

/** The next users of a provider, each once, by id. */
const PART = `
  SELECT DISTINCT user_id FROM identities
  WHERE provider_id = ?1 AND user_id > ?2 ORDER BY user_id LIMIT ?3
`;

/** Whether a user has another way in. An identity of a provider that is switched off is none. */
function hasOtherWay(userId: string): string {
  return `(
    (SELECT u.password_hash FROM users u WHERE u.id = ${userId}) IS NOT NULL OR EXISTS (
      SELECT 1 FROM identities o CROSS JOIN providers p ON p.id = o.provider_id
      WHERE o.user_id = ${userId} AND o.provider_id <> ?1 AND p.enabled = 1
    )
  )`;
}

const WALK = `
  SELECT json_array(count(*), max(part.user_id), json_group_array(json_array(part.user_id, (
    SELECT u.username FROM users u WHERE u.id = part.user_id
  ))) FILTER (WHERE NOT ${hasOtherWay("part.user_id")}))
  FROM (${PART}) part
`;
/** Any role comes after the empty text, which the index of roles knows. */
const ADMINISTRATORS = `
  SELECT json_group_array(json_array(admin.id, admin.username)) FROM users admin
  WHERE admin.role > ''
  AND EXISTS (SELECT 1 FROM identities i WHERE i.user_id = admin.id AND i.provider_id = ?1)
  AND NOT ${hasOtherWay("admin.id")}
`;
const END_OF_PART = `SELECT json_array(count(*), max(user_id)) FROM (${PART})`;
const STATE = "SELECT enabled FROM providers WHERE id = ?";
const DROP_ALL = "DELETE FROM identities WHERE provider_id = ?1 AND user_id > ?2 AND user_id <= ?3";
const DROP_SPARING = `${DROP_ALL} AND ${hasOtherWay("identities.user_id")}`;
const COUNT = "SELECT count(*) FROM identities WHERE provider_id = ?";
const DROP_PROVIDER = `
  DELETE FROM providers WHERE id = ?1 AND enabled < 0
  AND NOT EXISTS (SELECT 1 FROM identities WHERE provider_id = ?1)
`;

const NO_MORE: DropStep = { done: 0, last: null };

/** Looking whom it locks out, outside the lane, and taking away, in it. */
export function providerDrops(
  reader: Runner,
  writer: Writer,
): Pick<
  ProviderBookkeeping,
  "walkLockedOutBy" | "countIdentitiesAt" | "dropIdentitiesAt" | "dropProvider"
> {
  return {
    walkLockedOutBy: (providerId, after) => restingAfter(() => walk(reader, providerId, after)),
    countIdentitiesAt: async (providerId) => Number(await cell(reader, COUNT, [providerId])),
    dropIdentitiesAt: (providerId, after) =>
      restingAfter(() => writer.run((tx) => dropSome(tx, providerId, after))),
    dropProvider: (id) =>
      writer.run(async (tx) => {
        const isGone = (await change(tx, DROP_PROVIDER, [id])) > 0;
        if (isGone) tx.announce({ kind: "providers_changed" });
        return isGone;
      }),
  };
}

/** Administrators who have no way in beside a provider. */
export async function lockedOutAdministrators(
  runner: Runner,
  providerId: string,
): Promise<readonly LockedOut[]> {
  const found = namedOf(JSON.parse(String(await cell(runner, ADMINISTRATORS, [providerId]))));
  return found.toSorted((a, b) => a.id - b.id);
}

function namedOf(users: readonly [UserId, string][]): readonly LockedOut[] {
  return users.map(([id, username]) => ({ id, username }));
}

async function walk(
  runner: Runner,
  providerId: string,
  after: UserId | null,
): Promise<LockedOutStep> {
  const found = await cell(runner, WALK, [providerId, after ?? BEFORE_ALL, USERS_LOOKED_AT]);
  const [seen, last, users] = JSON.parse(String(found)) as [number, UserId, [UserId, string][]];
  return { seen, lockedOut: namedOf(users), last: seen < USERS_LOOKED_AT ? null : last };
}

async function dropSome(tx: WriterTx, providerId: string, after: UserId | null): Promise<DropStep> {
  const state = Number(await cell(tx, STATE, [providerId]));
  // It may be gone by now, or stay after all.
  if (!(state < 0)) return NO_MORE;
  const from = after ?? BEFORE_ALL;
  const part = await cell(tx, END_OF_PART, [providerId, from, USERS_AT_ONCE]);
  const [seen, last] = JSON.parse(String(part)) as [number, UserId | null];
  if (last === null) return NO_MORE;
  const drop = state === LEAVING_FORCED ? DROP_ALL : DROP_SPARING;
  const done = await change(tx, drop, [providerId, from, last]);
  return { done, last: seen < USERS_AT_ONCE ? null : last };
}

async function restingAfter<T>(work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await work();
  await Bun.sleep(performance.now() - started);
  return result;
}

/**
 * Users: found, made and changed.
 *
 * @module
 */

import type { AuthReads, AuthTx, Taken, User, UserId, UserPatch } from "@postern/auth";
import { err, ok, type Result } from "@postern/std";
import { cell, change, type Runner } from "./_rows.ts";
import { NEW_USERS, newUserRow, USERS, type UserRow, userOf } from "./_user_row.ts";
import type { WriterTx } from "./writer_tx.ts";

const BY_ID = `SELECT ${USERS.json} FROM users WHERE id = ?`;
const BY_EMAIL = `SELECT ${USERS.json} FROM users WHERE email_key = ?`;
const BY_USERNAME = `SELECT ${USERS.json} FROM users WHERE username = ?`;
const INSERT = `${NEW_USERS.insert} ON CONFLICT DO NOTHING RETURNING ${USERS.json}`;
const DELETE = "DELETE FROM users WHERE id = ?";
const OTHER_OWNERS = `
  SELECT count(*) FROM users u
  WHERE u.role = 'owner' AND u.id <> ? AND (u.blocked_at IS NULL OR u.blocked_until <= ?)
    AND (u.password_hash IS NOT NULL OR EXISTS (
      SELECT 1 FROM identities i CROSS JOIN providers p ON p.id = i.provider_id
      WHERE i.user_id = u.id AND p.enabled = 1
    ))
`;
const ANY_OWNER = "SELECT 1 FROM users WHERE role = 'owner' LIMIT 1";
const OTHER_BY_USERNAME = "SELECT 1 FROM users WHERE username = ? AND id <> ?";

/** Finding users. */
export function userReads(
  runner: Runner,
): Pick<
  AuthReads,
  "findUser" | "findUserByEmail" | "findUserByUsername" | "countOtherOwners" | "hasOwner"
> {
  return {
    findUser: (id) => find(runner, BY_ID, id),
    findUserByEmail: (email) => find(runner, BY_EMAIL, email.toLowerCase()),
    findUserByUsername: (username) => find(runner, BY_USERNAME, username.toLowerCase()),
    hasOwner: async () => (await cell(runner, ANY_OWNER, [])) !== undefined,
    countOtherOwners: async (than, now) => Number(await cell(runner, OTHER_OWNERS, [than, now])),
  };
}

/** Making and changing users. */
export function userWrites(tx: WriterTx): Pick<AuthTx, "insertUser" | "updateUser" | "deleteUser"> {
  return {
    insertUser: async (user) => {
      const row = newUserRow(user);
      const made = await cell(tx, INSERT, NEW_USERS.values(row));
      return made === undefined ? await taken(tx, row.username, 0) : ok(userOf(USERS.read(made)));
    },
    updateUser: (id, patch) => update(tx, id, patch),
    deleteUser: async (id) => {
      await change(tx, DELETE, [id]);
      tx.announce({ kind: "user_changed", userId: id });
    },
  };
}

async function find(runner: Runner, sql: string, key: string | number): Promise<User | null> {
  const found = await cell(runner, sql, [key]);
  return found === undefined ? null : userOf(USERS.read(found));
}

async function update(tx: WriterTx, id: UserId, patch: UserPatch): Promise<Result<User, Taken>> {
  const found = await cell(tx, BY_ID, [id]);
  if (found === undefined) throw new RangeError(`Cannot change user ${id}: there is none`);
  const before = USERS.read(found);
  const row = { id, ...newUserRow({ ...userOf(before), ...ofNewPassword(patch), ...patch }) };
  const columns = changedColumns(before, row);
  if (columns.length === 0) return ok(userOf(before));
  const sets = columns.map((name) => `${name} = ?`).join(", ");
  const changed = await cell(
    tx,
    `UPDATE OR IGNORE users SET ${sets} WHERE id = ? RETURNING ${USERS.json}`,
    [...columns.map((name) => row[name]), id],
  );
  if (changed === undefined) return await taken(tx, row.username, id);
  tx.announce({ kind: "user_changed", userId: id });
  return ok(userOf(USERS.read(changed)));
}

/** Of another password it is not known how long it is, where that is not said; and it has been changed. */
function ofNewPassword({ passwordHash }: UserPatch): UserPatch {
  return passwordHash === undefined ? {} : { passwordIsLong: null, mustChangePassword: false };
}

function changedColumns(before: UserRow, after: UserRow): readonly (keyof UserRow)[] {
  return (Object.keys(after) as (keyof UserRow)[]).filter((name) => after[name] !== before[name]);
}

/** Which name was in the way of a row that the database did not take. */
async function taken(tx: WriterTx, username: string, id: number): Promise<Result<never, Taken>> {
  const other = await cell(tx, OTHER_BY_USERNAME, [username, id]);
  return err({ code: other === undefined ? "email_taken" : "username_taken" });
}

/**
 * Fills a database with users, each with an open session.
 *
 * @module
 */

import type { Database } from "bun:sqlite";
import type { Account } from "../postern/account.ts";
import { PASSWORD } from "../postern/account.ts";
import { seededId, seededSecretHash } from "./seeded_id.ts";

/** How many, and with what. */
export interface SeedUsers {
  readonly count: number;
  /** The hash of the one password: hashing each would take hours, and costs a sign-in the same. */
  readonly passwordHash: string;
  readonly now: number;
  readonly onProgress: (done: number) => void;
}

/** Rows of a transaction. */
const BATCH = 10_000;

const IDLE_MS = 1_209_600_000;
const ABSOLUTE_MS = 2_592_000_000;

const INSERT_USER = `
  INSERT INTO users (username, email, email_key, email_verified, name, password_hash, created_at)
  VALUES (?1, ?2, ?2, 1, ?3, ?4, ?5) RETURNING id`;

const INSERT_SESSION = `
  INSERT INTO sessions (id, secret_hash, user_id, kind, method, created_at, seen_at, idle_ms, absolute_ms, ip, user_agent)
  VALUES (?, ?, ?, 'browser', 'password', ?, ?, ${IDLE_MS}, ${ABSOLUTE_MS}, ?, 'Seeded')`;

/** Adds the users. */
export function seedUsers(database: Database, seed: SeedUsers): void {
  const user = database.prepare<{ id: number }, (string | number)[]>(INSERT_USER);
  const session = database.prepare(INSERT_SESSION);
  const addRange = database.transaction((from: number, to: number) => {
    for (let index = from; index < to; index += 1) {
      const { username, email } = seededAccount(index);
      const row = user.get(username, email, `Seeded ${index}`, seed.passwordHash, seed.now);
      const values = [seededId(index), seededSecretHash(index), row?.id ?? 0];
      session.run(...values, seed.now, seed.now, `10.1.${(index >> 8) & 255}.${index & 255}`);
    }
  });
  for (let done = 0; done < seed.count; done += BATCH) {
    const to = Math.min(done + BATCH, seed.count);
    addRange(done, to);
    seed.onProgress(to);
  }
}

/** The account of a seeded user. */
export function seededAccount(index: number): Account {
  const username = `seeded-${index}`;
  return { username, email: `${username}@example.com`, password: PASSWORD };
}

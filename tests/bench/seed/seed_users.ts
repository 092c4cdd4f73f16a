/**
 * Fills a database with users, each with open sessions.
 *
 * @module
 */

import type { Database } from "bun:sqlite";
import type { Account } from "../postern/account.ts";
import { PASSWORD } from "../postern/account.ts";
import { seededIdAt, seededSecretHash } from "./seeded_id.ts";

/** How many, and with what. */
export interface SeedUsers {
  readonly count: number;
  /** Open sessions of all of them, as many as users at least. */
  readonly sessions: number;
  /** The hash of the one password: hashing each would take hours, and costs a sign-in the same. */
  readonly passwordHash: string;
  readonly now: number;
  readonly onProgress: (done: number) => void;
}

/** Rows of a transaction. */
const BATCH = 10_000;

/** Time over which sign-ins are spread, milliseconds: no session of theirs has come to rest. */
const SPREAD_MS = 864_000_000;

const USER_AGENTS = [
  "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
];

const IDLE_MS = 1_209_600_000;
const ABSOLUTE_MS = 2_592_000_000;

const INSERT_USER = `
  INSERT INTO users (username, email, email_key, email_verified, name, password_hash, created_at)
  VALUES (?1, ?2, ?2, 1, ?3, ?4, ?5) RETURNING id`;

const INSERT_SESSION = `
  INSERT INTO sessions (id, secret_hash, user_id, kind, method, created_at, seen_at, idle_ms, absolute_ms, ip, user_agent)
  VALUES (?, ?, ?, 'browser', 'password', ?, ?, ${IDLE_MS}, ${ABSOLUTE_MS}, ?, ?)`;

/** Adds the users. */
export function seedUsers(database: Database, seed: SeedUsers): void {
  const user = database.prepare<{ id: number }, (string | number)[]>(INSERT_USER);
  const session = database.prepare(INSERT_SESSION);
  const each = Math.ceil(seed.sessions / seed.count);
  const addRange = database.transaction((from: number, to: number) => {
    for (let index = from; index < to; index += 1) {
      const { username, email } = seededAccount(index);
      const row = user.get(username, email, `Seeded ${index}`, seed.passwordHash, seed.now);
      for (let nth = 0; nth < each; nth += 1) {
        session.run(...sessionOf(seed, { userId: row?.id ?? 0, index: nth * seed.count + index }));
      }
    }
  });
  for (let done = 0; done < seed.count; done += BATCH) {
    const to = Math.min(done + BATCH, seed.count);
    addRange(done, to);
    seed.onProgress(to);
  }
}

/** A user's first is the newest: signed in now. */
function sessionOf(
  seed: SeedUsers,
  { userId, index }: { readonly userId: number; readonly index: number },
): (string | number)[] {
  const nth = Math.floor(index / seed.count);
  const ago = nth === 0 ? 0 : Math.floor((SPREAD_MS * index) / (seed.sessions + seed.count));
  const at = seed.now - ago;
  const ip = `10.${1 + (index % 200)}.${(index >> 8) & 255}.${index & 255}`;
  const agent = USER_AGENTS[index % USER_AGENTS.length] ?? "";
  return [seededIdAt(index, at), seededSecretHash(index), userId, at, at, ip, agent];
}

/** The account of a seeded user. */
export function seededAccount(index: number): Account {
  const username = `seeded-${index}`;
  return { username, email: `${username}@example.com`, password: PASSWORD };
}

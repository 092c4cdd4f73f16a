/**
 * Makes a small database a large one.
 *
 * @module
 */

import { Database } from "bun:sqlite";
import { seedEvents } from "./seed_events.ts";
import { seedUsers } from "./seed_users.ts";

/** How large. */
export interface SeedSize {
  readonly users: number;
  /** Open ones; as many as users at least. */
  readonly sessions: number;
  readonly events: number;
}

/** Tells how far it is: of what, and how many there are by now. */
export type OnSeeded = (what: "users" | "events", done: number) => void;

/** Adds users and events to a database whose server is not running. It must hold a user with a password. */
export function seedDatabase(path: string, size: SeedSize, onSeeded: OnSeeded): void {
  const database = new Database(path, { readwrite: true });
  database.run("PRAGMA synchronous = OFF");
  database.run("PRAGMA cache_size = -200000");
  const { password_hash: passwordHash } =
    database
      .query<{ password_hash: string }, []>(
        "SELECT password_hash FROM users WHERE password_hash IS NOT NULL LIMIT 1",
      )
      .get() ?? noUser(path);
  const now = Date.now();
  const onUsers = (done: number) => onSeeded("users", done);
  const { users: count, sessions } = size;
  seedUsers(database, { count, sessions, passwordHash, now, onProgress: onUsers });
  const users = database
    .query<{ id: number; username: string }, []>("SELECT id, username FROM users")
    .all();
  const onEvents = (done: number) => onSeeded("events", done);
  seedEvents(database, { count: size.events, users, now, onProgress: onEvents });
  database.run("PRAGMA wal_checkpoint(TRUNCATE)");
  database.close();
}

function noUser(path: string): never {
  throw new Error(`Cannot seed ${path}: it holds no user with a password`);
}

/**
 * The table of users.
 *
 * Column names are property names, here and in all tables, so that a row's type is that of the
 * row which a statement gives.
 *
 * @module
 */

import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** One account each. Its words are also kept in `users_search`, by triggers. */
export const users = sqliteTable(
  "users",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    /** In lower case. */
    username: text().notNull().unique(),
    /** As given. */
    email: text().notNull(),
    /** The address in lower case. */
    email_key: text().notNull().unique(),
    email_verified: integer().notNull(),
    name: text(),
    picture: text(),
    password_hash: text(),
    role: text(),
    blocked_at: integer(),
    blocked_until: integer(),
    block_reason: text(),
    created_at: integer().notNull(),
    /** Whether the password is as long as an administrator's must be; null: not known. */
    password_is_long: integer(),
    /** Whether the next sign-in with the password must change it. */
    must_change_password: integer().notNull().default(0),
  },
  // Administrators only: they are few.
  (table) => [index("users_by_role").on(table.role).where(sql`role IS NOT NULL`)],
);

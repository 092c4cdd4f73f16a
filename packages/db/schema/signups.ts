/**
 * The table of signups.
 *
 * @module
 */

import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Signups that wait for their address to be proven. */
export const signups = sqliteTable(
  "signups",
  {
    id: text().primaryKey(),
    /** As given. */
    email: text().notNull(),
    /** The address in lower case. */
    email_key: text().notNull(),
    /** In lower case. */
    username: text().notNull(),
    name: text(),
    password_hash: text().notNull(),
    browser_hash: text(),
    link_hash: text().notNull().unique(),
    link_expires_at: integer().notNull(),
    created_at: integer().notNull(),
    expires_at: integer().notNull(),
  },
  (table) => [
    index("signups_by_email").on(table.email_key, table.id),
    index("signups_by_username").on(table.username, table.id),
    index("signups_by_expiry").on(table.expires_at),
  ],
);

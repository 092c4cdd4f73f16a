/**
 * The table of refresh tokens.
 *
 * @module
 */

import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { sessions } from "./sessions.ts";

/** Tokens that are unused, or were used within the last seconds. */
export const refreshTokens = sqliteTable(
  "refresh_tokens",
  {
    id: text().primaryKey(),
    session_id: text()
      .notNull()
      .references(() => sessions.id, { onDelete: "cascade" }),
    key_id: text().notNull(),
    issued_at: integer().notNull(),
    expires_at: integer().notNull(),
    spent_at: integer(),
    /** The next token, sealed for this row. */
    successor: text(),
  },
  (table) => [
    index("refresh_tokens_by_session").on(table.session_id),
    index("refresh_tokens_by_key").on(table.key_id, table.expires_at).where(sql`spent_at IS NULL`),
    index("refresh_tokens_with_successor").on(table.spent_at).where(sql`successor IS NOT NULL`),
  ],
);

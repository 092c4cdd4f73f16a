/**
 * The table of links that make an owner.
 *
 * They refer to no user: there is none yet.
 *
 * @module
 */

import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Links that were printed and not spent. */
export const setupLinks = sqliteTable(
  "setup_links",
  {
    token_hash: text().primaryKey(),
    created_at: integer().notNull(),
    expires_at: integer().notNull(),
  },
  (table) => [index("setup_links_by_expiry").on(table.expires_at)],
);

/**
 * The table of links in mails.
 *
 * @module
 */

import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { users } from "./users.ts";

/** Links that were sent and not spent. */
export const links = sqliteTable(
  "links",
  {
    token_hash: text().primaryKey(),
    kind: text().notNull(),
    user_id: integer()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    email: text().notNull(),
    browser_hash: text(),
    created_at: integer().notNull(),
    expires_at: integer().notNull(),
  },
  (table) => [
    index("links_by_user").on(table.user_id),
    index("links_by_expiry").on(table.expires_at),
  ],
);

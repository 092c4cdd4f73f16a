/**
 * The table of conversations.
 *
 * @module
 */

import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Conversations. One ends with its last member, and takes its messages with it. */
export const conversations = sqliteTable("conversations", {
  id: text().primaryKey(),
  title: text().notNull(),
  /** Who made it. No reference: it outlives its maker. */
  made_by: integer().notNull(),
  created_at: integer().notNull(),
  /** Of the newest message; 0 where there is none. Raised by whoever stores one. */
  seq: integer().notNull().default(0),
  /** When the newest message was stored, or when it was made. */
  active_at: integer().notNull(),
});

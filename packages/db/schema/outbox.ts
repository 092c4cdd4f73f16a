/**
 * The table of mails that were promised.
 *
 * @module
 */

import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { keyIdOf } from "./_key_id_of.ts";

/** Mails to be sent, and for a while those that were. */
export const outbox = sqliteTable(
  "outbox",
  {
    /** A UUID of version 7, so that the order of ids is that of mails. */
    id: text().primaryKey(),
    kind: text().notNull(),
    /** The letter with its recipient, sealed for this row; null once it is sent or given up. */
    sealed: text(),
    created_at: integer().notNull(),
    /** When to try it; for one that is being tried, when its lease ends. */
    due_at: integer().notNull(),
    give_up_at: integer().notNull(),
    /** How often it was claimed. */
    attempts: integer().notNull(),
    sent_at: integer(),
    dead_at: integer(),
    error_class: text(),
    key_id: keyIdOf("sealed"),
  },
  (table) => [
    index("outbox_waiting")
      .on(table.due_at, table.created_at)
      .where(sql`sent_at IS NULL AND dead_at IS NULL`),
    index("outbox_by_key").on(table.key_id).where(sql`key_id IS NOT NULL`),
  ],
);

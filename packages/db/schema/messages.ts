/**
 * The table of messages.
 *
 * Authors are not referred to: a message outlives its author, since `seq` has no gaps.
 *
 * @module
 */

import { integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { conversations } from "./conversations.ts";

/** Messages, each stored once however often it was sent. */
export const messages = sqliteTable(
  "messages",
  {
    conversation_id: text()
      .notNull()
      .references(() => conversations.id, { onDelete: "cascade" }),
    /** Rises by one within a conversation. */
    seq: integer().notNull(),
    author_id: integer().notNull(),
    /** The id that the author's client chose. */
    client_id: text().notNull(),
    text: text().notNull(),
    at: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.conversation_id, table.seq] }),
    uniqueIndex("messages_once").on(table.conversation_id, table.author_id, table.client_id),
  ],
);

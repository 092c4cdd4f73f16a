/**
 * The table of members.
 *
 * @module
 */

import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { conversations } from "./conversations.ts";
import { users } from "./users.ts";

/** Who is in which conversation, and how far each has read. */
export const members = sqliteTable(
  "members",
  {
    conversation_id: text()
      .notNull()
      .references(() => conversations.id, { onDelete: "cascade" }),
    user_id: integer()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    joined_at: integer().notNull(),
    /** Up to where the member has read. */
    read_seq: integer().notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.conversation_id, table.user_id] }),
    index("members_by_user").on(table.user_id),
  ],
);

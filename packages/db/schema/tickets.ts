/**
 * The table of tickets that open WebSockets.
 *
 * @module
 */

import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { sessions } from "./sessions.ts";

/** Tickets, each until it is spent. */
export const tickets = sqliteTable(
  "tickets",
  {
    ticket_hash: text().primaryKey(),
    session_id: text()
      .notNull()
      .references(() => sessions.id, { onDelete: "cascade" }),
    /** Of the page that asked; null: it came without one. */
    origin: text(),
    created_at: integer().notNull(),
    expires_at: integer().notNull(),
  },
  (table) => [
    index("tickets_by_session").on(table.session_id),
    index("tickets_by_expiry").on(table.expires_at),
  ],
);

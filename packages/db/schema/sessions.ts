/**
 * The table of sessions.
 *
 * No index holds `seen_at`: it changes often, and a change of a column without an index touches one
 * page. The index by user holds ended ones as well, though lists do not: a user's row that is added
 * makes the database look for sessions that refer to it.
 *
 * @module
 */

import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { users } from "./users.ts";

/** One signed-in device each. Ended ones are kept for a while, so that their cookies can be told. */
export const sessions = sqliteTable(
  "sessions",
  {
    /** A UUID of version 7, so that the order of ids is that of sign-ins. */
    id: text().primaryKey(),
    secret_hash: text().notNull().unique(),
    user_id: integer()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    kind: text().notNull(),
    method: text().notNull(),
    created_at: integer().notNull(),
    seen_at: integer().notNull(),
    idle_ms: integer().notNull(),
    absolute_ms: integer().notNull(),
    ip: text(),
    user_agent: text(),
    ended_at: integer(),
    end_reason: text(),
    /** Of a console's key. */
    key_thumbprint: text(),
    /** Of the browser's session that allowed a console. */
    signed_in_at: integer(),
    /** The one operation that a console's sign-in is fresh for; null: for all. */
    step_up_for: text(),
  },
  (table) => [
    index("sessions_by_user").on(table.user_id, table.ended_at, table.id),
    index("sessions_ended").on(table.ended_at).where(sql`ended_at IS NOT NULL`),
  ],
);

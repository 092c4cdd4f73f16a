/**
 * The table of events: a chain, to which rows are only added.
 *
 * Triggers refuse what would change, remove or misplace one. Lists are by time, then position, and
 * each index ends in the time, so that every list is a walk along one of them. Users are named by
 * number and name without a reference, since events outlive them.
 *
 * @module
 */

import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** What happened. */
export const events = sqliteTable(
  "events",
  {
    /** Position in the chain, from 1, without gaps. */
    seq: integer().primaryKey(),
    at: integer().notNull(),
    action: text().notNull(),
    actor_type: text().notNull(),
    actor_id: integer(),
    actor_name: text(),
    user_id: integer(),
    username: text(),
    ip: text(),
    user_agent: text(),
    success: integer().notNull(),
    /** JSON. */
    details: text().notNull(),
    request_id: text().notNull(),
    previous_hash: text().notNull(),
    hash: text().notNull(),
  },
  (table) => [
    index("events_by_time").on(table.at),
    index("events_by_action").on(table.action, table.at),
    index("events_by_user").on(table.user_id, table.at).where(sql`user_id IS NOT NULL`),
    index("events_by_ip").on(table.ip, table.at).where(sql`ip IS NOT NULL`),
    index("events_failed").on(table.at).where(sql`success = 0`),
  ],
);

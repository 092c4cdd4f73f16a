/**
 * The table of one row that tells when the database last took a write for nothing but that.
 *
 * @module
 */

import { integer, sqliteTable } from "drizzle-orm/sqlite-core";

/** One row. It is written to learn whether the database can be written to. */
export const heartbeat = sqliteTable("heartbeat", {
  id: integer().primaryKey(),
  at: integer().notNull(),
});

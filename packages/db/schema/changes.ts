/**
 * The table of changes: what every instance must forget or read anew.
 *
 * @module
 */

import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Changes of the last hours, in the order of their commits. */
export const changes = sqliteTable("changes", {
  position: integer().primaryKey({ autoIncrement: true }),
  at: integer().notNull(),
  kind: text().notNull(),
  subject: text(),
  reason: text(),
});

/**
 * The table of limits.
 *
 * @module
 */

import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** How often something may be done. */
export const limits = sqliteTable("limits", {
  id: text().primaryKey(),
  name: text().notNull(),
  count: integer().notNull(),
  window_ms: integer().notNull(),
  scope: text().notNull(),
  enabled: integer().notNull(),
});

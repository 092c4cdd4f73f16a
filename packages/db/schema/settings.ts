/**
 * The table of settings that administrators changed.
 *
 * @module
 */

import { sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Settings by name; one that was never changed has no row. */
export const settings = sqliteTable("settings", {
  name: text().primaryKey(),
  value: text().notNull(),
});

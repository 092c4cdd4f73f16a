/**
 * The table of violations of the content security policy.
 *
 * @module
 */

import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Kinds of violation, each with how often it was reported. */
export const cspReports = sqliteTable(
  "csp_reports",
  {
    directive: text().notNull(),
    blocked_origin: text().notNull(),
    page_path: text().notNull(),
    count: integer().notNull(),
    first_at: integer().notNull(),
    last_at: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.directive, table.blocked_origin, table.page_path] })],
);

/**
 * The table of addresses that are kept out.
 *
 * @module
 */

import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Ranges of addresses, each in its one canonical form. */
export const blockedAddresses = sqliteTable(
  "blocked_addresses",
  {
    cidr: text().primaryKey(),
    reason: text(),
    created_at: integer().notNull(),
    until: integer(),
  },
  (table) => [
    index("blocked_addresses_by_time").on(table.created_at, table.cidr),
    index("blocked_addresses_by_end").on(table.until),
  ],
);

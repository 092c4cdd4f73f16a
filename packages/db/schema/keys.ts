/**
 * The table of keys.
 *
 * @module
 */

import { sql } from "drizzle-orm";
import { integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/** Keys of all rings, their secrets sealed under the root key. A ring has one current key and one next. */
export const keys = sqliteTable(
  "keys",
  {
    id: text().primaryKey(),
    ring: text().notNull(),
    state: text().notNull(),
    sealed_secret: text().notNull(),
    public_jwk: text(),
    created_at: integer().notNull(),
    current_at: integer(),
    previous_at: integer(),
    retired_at: integer(),
  },
  (table) => [
    uniqueIndex("keys_one_each")
      .on(table.ring, table.state)
      .where(sql`state IN ('current', 'next')`),
  ],
);

/**
 * The table of ids that work once and came already: of proofs, over all instances.
 *
 * @module
 */

import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Ids, each until nobody would accept it any more. */
export const takenIds = sqliteTable(
  "taken_ids",
  {
    id: text().primaryKey(),
    until: integer().notNull(),
  },
  (table) => [index("taken_ids_by_end").on(table.until)],
);

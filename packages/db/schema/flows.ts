/**
 * The table of visits to providers that have begun.
 *
 * They refer to nothing: a visit ends after ten minutes, and whoever comes back from one finds out
 * whether provider, user and session are still there.
 *
 * @module
 */

import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Visits, each until it is spent. */
export const flows = sqliteTable(
  "flows",
  {
    state_hash: text().primaryKey(),
    provider_id: text().notNull(),
    issuer: text().notNull(),
    /** Sealed for this row. Not sealed anew: a key outlives the visit that it sealed. */
    sealed_secrets: text().notNull(),
    browser_hash: text().notNull(),
    next: text().notNull(),
    /** Who links; null: somebody signs in. */
    link_user_id: integer(),
    /** In which session. */
    link_session_id: text(),
    created_at: integer().notNull(),
    expires_at: integer().notNull(),
  },
  (table) => [index("flows_by_expiry").on(table.expires_at)],
);

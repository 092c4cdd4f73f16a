/**
 * The table of identities' tokens.
 *
 * @module
 */

import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { keyIdOf } from "./_key_id_of.ts";
import { identities } from "./identities.ts";

/** What providers handed out. Apart from the identities, which are listed, while these are hardly ever read. */
export const identityTokens = sqliteTable(
  "identity_tokens",
  {
    identity_id: text()
      .primaryKey()
      .references(() => identities.id, { onDelete: "cascade" }),
    /** Sealed for this row; empty once it did not open any more. */
    sealed_access: text().notNull(),
    /** Sealed for this row; null: none. */
    sealed_refresh: text(),
    expires_at: integer(),
    /** JSON. */
    scopes: text().notNull(),
    generation: integer().notNull(),
    /** Until when whoever refreshes them may take; null: nobody does. */
    claimed_until: integer(),
    access_key_id: keyIdOf("sealed_access"),
    refresh_key_id: keyIdOf("sealed_refresh"),
    /** When they are refreshed by themselves; null: they are not. */
    refresh_at: integer(),
  },
  (table) => [
    index("identity_tokens_by_refresh").on(table.refresh_at).where(sql`refresh_at IS NOT NULL`),
    index("identity_tokens_by_access_key").on(table.access_key_id),
    index("identity_tokens_by_refresh_key")
      .on(table.refresh_key_id)
      .where(sql`refresh_key_id IS NOT NULL`),
  ],
);

/**
 * The table of how providers were at their last check.
 *
 * @module
 */

import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { providers } from "./providers.ts";

/** The newest check of each provider. */
export const providerHealth = sqliteTable("provider_health", {
  provider_id: text()
    .primaryKey()
    .references(() => providers.id, { onDelete: "cascade" }),
  checked_at: integer().notNull(),
  ok: integer().notNull(),
  /** JSON. */
  checks: text().notNull(),
});

/**
 * The table of identities.
 *
 * @module
 */

import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { providers } from "./providers.ts";
import { users } from "./users.ts";

/** Accounts at providers, each linked to one user. */
export const identities = sqliteTable(
  "identities",
  {
    /** A UUID of version 7, so that the order of ids is that of links. */
    id: text().primaryKey(),
    user_id: integer()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    provider_id: text()
      .notNull()
      .references(() => providers.id, { onDelete: "cascade" }),
    issuer: text().notNull(),
    subject: text().notNull(),
    /** What people know the account by; null where the provider tells none. */
    label: text(),
    linked_at: integer().notNull(),
    used_at: integer().notNull(),
    needs_reconnect: integer().notNull(),
  },
  (table) => [
    uniqueIndex("identities_by_subject").on(table.issuer, table.subject),
    index("identities_by_user").on(table.user_id, table.id),
    index("identities_by_provider").on(table.provider_id, table.user_id),
  ],
);

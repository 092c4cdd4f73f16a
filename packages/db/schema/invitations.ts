/**
 * The table of invitations.
 *
 * @module
 */

import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Invitations that were sent and not accepted; of an address the newest alone. */
export const invitations = sqliteTable(
  "invitations",
  {
    token_hash: text().primaryKey(),
    /** As given. */
    email: text().notNull(),
    /** The address in lower case. */
    email_key: text().notNull().unique(),
    created_at: integer().notNull(),
    expires_at: integer().notNull(),
  },
  (table) => [index("invitations_by_expiry").on(table.expires_at)],
);

/**
 * The table of codes that consoles exchange for tokens.
 *
 * @module
 */

import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { users } from "./users.ts";

/** Codes. Spent ones are kept as long as what they were spent on may live. */
export const oauthCodes = sqliteTable(
  "oauth_codes",
  {
    code_hash: text().primaryKey(),
    user_id: integer()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    redirect_uri: text().notNull(),
    code_challenge: text().notNull(),
    signed_in_at: integer().notNull(),
    created_at: integer().notNull(),
    expires_at: integer().notNull(),
    session_id: text(),
    /** Session of the browser that allowed it. */
    allowed_by: text(),
    /** The one operation that the sign-in is to be fresh for; null: for all. */
    step_up_for: text(),
  },
  (table) => [
    index("oauth_codes_by_user").on(table.user_id),
    index("oauth_codes_by_expiry").on(table.expires_at),
  ],
);

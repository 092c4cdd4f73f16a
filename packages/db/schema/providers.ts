/**
 * The table of providers.
 *
 * @module
 */

import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { keyIdOf } from "./_key_id_of.ts";

/** `enabled` of a provider that leaves, and keeps what is somebody's only way in. */
export const LEAVING_SPARING = -1;

/** `enabled` of a provider that leaves with all there is. */
export const LEAVING_FORCED = -2;

/** Whoever is trusted to say who a person is. Some ten rows. */
export const providers = sqliteTable("providers", {
  /** What stands in paths. */
  id: text().primaryKey(),
  kind: text().notNull(),
  name: text().notNull(),
  issuer: text().notNull(),
  client_id: text().notNull(),
  /** JSON. */
  scopes: text().notNull(),
  /** 1: switched on; 0: off; below, it is being taken away. */
  enabled: integer().notNull(),
  source: text().notNull(),
  /** Sealed for this row; empty once it did not open any more. */
  sealed_secret: text().notNull(),
  /** Sealed for this row; null: none. */
  sealed_previous_secret: text(),
  created_at: integer().notNull(),
  updated_at: integer().notNull(),
  secret_key_id: keyIdOf("sealed_secret"),
  previous_secret_key_id: keyIdOf("sealed_previous_secret"),
});

/**
 * Whether a database has keys already, so that a root key for it exists.
 *
 * @module
 */

import { cell } from "./_rows.ts";
import type { Database } from "./database.ts";

/** Tells whether a key of any ring was ever written. */
export async function hasKeys(database: Database): Promise<boolean> {
  return Number(await cell(database.reader, "SELECT EXISTS (SELECT 1 FROM keys)", [])) === 1;
}

/**
 * The key that a text is sealed by, as a column that the database works out.
 *
 * With an index it answers what still depends on a key, and what is next to be sealed anew, and can't
 * tell anything else than the text does. An index on the expression itself would do as well, but the
 * generator of migrations takes such an expression apart at its commas.
 *
 * @module
 */

import { sql } from "drizzle-orm";
import { text } from "drizzle-orm/sqlite-core";

/** A column of what stands between the first two dots of a sealed text; null where that is null. */
export function keyIdOf(sealed: string) {
  const rest = `substr(${sealed}, 4)`;
  const keyId = `substr(${sealed}, 4, instr(${rest}, '.') - 1)`;
  return text().generatedAlwaysAs(sql.raw(keyId), { mode: "virtual" });
}

/**
 * Floor of refreshing: durable transactions of one row, one after another, through our client.
 *
 * One statement is its own transaction, which is the least that the client can do. The journal and the
 * synchronous mode are those of our database. Argument: a path for a new database.
 *
 * @module
 */

import { createClient } from "@libsql/client/sqlite3";
import { countOnRequest } from "./count_on_request.ts";

const [path = ""] = process.argv.slice(2);
const client = createClient({ url: `file:${path}`, concurrency: 1 });
await client.executeMultiple(
  "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE rows (id INTEGER PRIMARY KEY, text TEXT, at INTEGER)",
);
countOnRequest(() =>
  client.execute({
    sql: "INSERT INTO rows (text, at) VALUES (?, ?)",
    args: ["a row of some length, as a token's is", Date.now()],
  }),
);

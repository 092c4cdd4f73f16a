/**
 * A database on a libSQL server, over HTTP.
 *
 * The server lets one transaction write at a time and makes others wait, so nothing is tried again
 * here. Its first statement goes out together with BEGIN.
 *
 * @module
 */

import type { Database } from "./database.ts";

/** Opens a server's database. Nothing is sent yet. */
export async function openRemoteDatabase(
  url: string,
  authToken: string | undefined,
): Promise<Database> {
  const { createClient } = await import("@libsql/client/http");
  const client = createClient(authToken === undefined ? { url } : { url, authToken });
  return {
    reader: client,
    begin: () => client.transaction("write"),
    // The server answers a COMMIT once it is safe.
    settle: () => Promise.resolve(),
    close: async () => client.close(),
  };
}

/**
 * Our server, as its operator runs it.
 *
 * @module
 */

import { join, resolve } from "node:path";
import type { Cores } from "../cores.ts";
import { type ServerChild, startServerChild } from "../server_child.ts";

const START = resolve(import.meta.dir, "../../../scripts/start.ts");

/** What browsers are said to see. Fixed, so that tokens outlive a restart. */
export const PUBLIC_URL = "http://127.0.0.1:8000";

/** An application's origin that may call, by default. */
export const APP_ORIGIN = "http://localhost:3000";

/** What to start. */
export interface PosternOptions {
  readonly cores: Cores;
  readonly on: readonly number[];
  /** Where its database is. */
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts the server on the database of a folder. All else is as by default. */
export async function startPostern(options: PosternOptions): Promise<ServerChild> {
  return await startServerChild({
    ...options,
    script: START,
    env: { PORT: "0", PUBLIC_URL, DATABASE_URL: databaseUrl(options.folder), ...options.env },
  });
}

/** Path of the database of a folder. */
export function databasePath(folder: string): string {
  return join(folder, "postern.db");
}

function databaseUrl(folder: string): string {
  return `file:${databasePath(folder)}`;
}

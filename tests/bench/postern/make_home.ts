/**
 * A database of ours with accounts in it, made through the interface that people use.
 *
 * @module
 */

import { Database } from "bun:sqlite";
import { startSmtpPeer } from "../../support/smtp_peer.ts";
import type { Cores } from "../cores.ts";
import { inGroups } from "../in_groups.ts";
import { type Account, signUp } from "./account.ts";
import { databasePath, startPostern } from "./start_postern.ts";

/** Accounts of a database before any are seeded. */
const ACCOUNT_COUNT = 100;

/** Signups under way at once. */
const SIGNUPS_AT_ONCE = 16;

/** More than any run can reach. The limits stay on, so that what they cost is measured. */
const RAISED_COUNT = 60_000_000;
const RAISED_WINDOW_MS = 60_000;

/** A folder with a database, whose server is not running. */
export interface Home {
  readonly folder: string;
  readonly accounts: readonly Account[];
}

/** Starts a server in an empty folder, signs up the accounts, stops it, and raises all limits. */
export async function makeHome(cores: Cores, folder: string): Promise<Home> {
  const peer = await startSmtpPeer();
  const env = { SMTP_URL: peer.url, TRUSTED_PROXIES: "127.0.0.1/32" };
  const server = await startPostern({ cores, on: cores.all, folder, env });
  try {
    const indices = Array.from({ length: ACCOUNT_COUNT }, (_, index) => index);
    const accounts = await inGroups(indices, SIGNUPS_AT_ONCE, (index) =>
      signUp(server.url, peer, index),
    );
    await server.stop();
    raiseLimits(databasePath(folder));
    return { folder, accounts };
  } finally {
    await server.stop();
    await peer.close();
  }
}

function raiseLimits(path: string): void {
  const database = new Database(path, { readwrite: true });
  database.query("UPDATE limits SET count = ?, window_ms = ?").run(RAISED_COUNT, RAISED_WINDOW_MS);
  database.close();
}

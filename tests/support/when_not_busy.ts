/**
 * Calls that hash a password, made again where the server is busy: a crowded machine hashes slowly, and a server
 * turns away what would wait too long, before anything is done for it.
 *
 * @module
 */

import type { Answer } from "./http_client.ts";

const BUSY = 503;
const TRIES_MAX = 30;
const PAUSE_MS = 1_000;

/** Makes a call until it is answered otherwise than busy. */
export async function whenNotBusy(call: () => Promise<Answer>): Promise<Answer> {
  let answer = await call();
  for (let tries = 1; answer.status === BUSY && tries < TRIES_MAX; tries += 1) {
    await Bun.sleep(PAUSE_MS);
    answer = await call();
  }
  return answer;
}

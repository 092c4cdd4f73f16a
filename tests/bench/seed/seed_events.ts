/**
 * Fills a database with events that continue its chain.
 *
 * @module
 */

import type { Database } from "bun:sqlite";
import {
  CHAIN_START,
  canonicalEvent,
  chainHash,
  eventOf,
  type NewEvent,
  type UserId,
} from "@postern/auth";
import { sha256 } from "@postern/server/adapters/crypto.ts";
import { epochMs } from "@postern/std";
import { seededId } from "./seeded_id.ts";

/** How many, about whom. */
export interface SeedEvents {
  readonly count: number;
  /** Users that the events are about, by their numbers. */
  readonly users: readonly { readonly id: number; readonly username: string }[];
  readonly now: number;
  readonly onProgress: (done: number) => void;
}

/** Rows of a transaction. */
const BATCH = 20_000;

/** Time between two events. */
const STEP_MS = 50;

/** Of so many events one is a failed sign-in. */
const ONE_FAILED_OF = 10;

/** A prime, so that events go round through all users. */
const USER_STRIDE = 7_919;

const USER_AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

type Cell = string | number | null;

const INSERT_EVENT = `
  INSERT INTO events (seq, at, action, actor_type, actor_id, actor_name, user_id, username, ip, user_agent,
    success, details, request_id, previous_hash, hash)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** Adds the events, each with its place in the chain. */
export function seedEvents(database: Database, seed: SeedEvents): void {
  const insert = database.prepare(INSERT_EVENT);
  let last = lastOf(database);
  const addRange = database.transaction((from: number, to: number) => {
    for (let index = from; index < to; index += 1) {
      const event = seededEvent(index, seed);
      const seq = last.seq + 1;
      const hash = chainHash(sha256, last.hash, canonicalEvent(event, seq));
      insert.run(...placeOf(event, seq), ...factsOf(event), last.hash, hash);
      last = { seq, hash };
    }
  });
  for (let done = 0; done < seed.count; done += BATCH) {
    const to = Math.min(done + BATCH, seed.count);
    addRange(done, to);
    seed.onProgress(to);
  }
}

function lastOf(database: Database): { readonly seq: number; readonly hash: string } {
  const row = database
    .query<{ seq: number; hash: string }, []>(
      "SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1",
    )
    .get();
  return row ?? { seq: 0, hash: CHAIN_START };
}

function placeOf(event: NewEvent, seq: number): readonly Cell[] {
  return [seq, event.at, event.action, event.actorType, event.actorId, event.actorName];
}

function factsOf(event: NewEvent): readonly Cell[] {
  const { userId, username, ip, userAgent, success, details, requestId } = event;
  return [userId, username, ip, userAgent, success ? 1 : 0, JSON.stringify(details), requestId];
}

function seededEvent(index: number, seed: SeedEvents): NewEvent {
  const user = seed.users[(index * USER_STRIDE) % seed.users.length];
  const isFailed = index % ONE_FAILED_OF === 0;
  const requestId = seededId(index);
  const ip = `10.${index % 200}.${(index >> 8) & 255}.${index & 255}`;
  return eventOf(
    { type: "anonymous", requestId, ip, userAgent: USER_AGENT },
    {
      at: epochMs(seed.now - (seed.count - index) * STEP_MS),
      action: isFailed ? "failed_login" : "login",
      user: user === undefined ? null : { id: user.id as UserId, username: user.username },
      isProven: !isFailed,
      success: !isFailed,
      details: isFailed
        ? { method: "password", reason: "wrong_password" }
        : { method: "password", session: seededId(index), kind: "browser" },
    },
  );
}

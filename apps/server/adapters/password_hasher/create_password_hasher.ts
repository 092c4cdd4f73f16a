/**
 * Passwords hashed and verified off the event loop, by threads that give way to it.
 *
 * Our own hashes are Argon2id. Hashes that Django stored are verified, too, and reported as
 * outdated. As many computations run at once as there are cores; a short line waits; more is
 * turned away, so that a storm of sign-ins slows sign-ins only.
 *
 * @see OWASP Password Storage Cheat Sheet
 * @module
 */

import { availableParallelism } from "node:os";
import type { PasswordHasher } from "@postern/auth";
import { ok, toNfc } from "@postern/std";
import { createCostBook } from "./cost_book.ts";
import { ARGON2_SALT_BYTES, PASSWORD_MAX_CODE_POINTS, REFUSAL_FLOOR_MAX_MS } from "./limits.ts";
import { formatOf, type StoredFormat } from "./stored_format.ts";
import type { Outcome, Reply, Task } from "./task.ts";
import { type PoolLoad, WorkerPool } from "./worker_pool.ts";

/** A hasher with threads of its own. */
export interface ThreadedPasswordHasher extends PasswordHasher {
  /** How much there is to hash now, and how often it was too much so far. */
  load(): PoolLoad;
  /** Finishes what is being computed, turns the rest away, and ends the threads. */
  close(): Promise<void>;
}

/** What may be chosen. */
export interface PasswordHasherOptions {
  /** Threads, and so computations at once; as many as cores where left out. */
  readonly threads?: number;
  /** Starts a thread that answers tasks; the one of this folder where left out. */
  readonly spawn?: () => Worker;
}

/** How much longer than the dearest foreign hash a refusal takes, since no two take the same. */
const FLOOR_MARGIN = 1.25;

/** Makes a hasher. No thread is started before the first password. */
export function createPasswordHasher(options: PasswordHasherOptions = {}): ThreadedPasswordHasher {
  const { threads = availableParallelism(), spawn = spawnWorker } = options;
  const pool = new WorkerPool<Task, Reply>({ size: threads, spawn });
  const costs = createCostBook();

  async function run<Kind extends Task["kind"]>(
    task: Extract<Task, { kind: Kind }>,
    format: StoredFormat,
  ) {
    const reply = await pool.run(task, costs.expectedMs(format));
    if (!reply.ok) return reply;
    const { outcome, computations, ms } = reply.value;
    costs.note(format, ms / computations);
    return ok(outcome as Extract<Outcome, { kind: Kind }>);
  }

  return {
    busyNow: () => pool.busyNow(),
    async hash(password, salt) {
      if (!password.isWellFormed()) {
        throw new TypeError("Cannot hash a password: it is not well-formed Unicode");
      }
      if (salt !== undefined && salt.length !== ARGON2_SALT_BYTES) {
        throw new RangeError(
          `Cannot hash with a salt of ${salt.length} bytes: need ${ARGON2_SALT_BYTES}`,
        );
      }
      const done = await run<"hash">({ kind: "hash", password, salt }, "ours");
      return done.ok ? ok(done.value.hash) : done;
    },
    async verify(stored, password) {
      const format = (stored === null ? undefined : formatOf(stored)) ?? "ours";
      const done = await run<"verify">({ kind: "verify", password, stored }, format);
      if (!done.ok) return done;
      return ok({ matches: done.value.matches, outdated: done.value.outdated });
    },
    async matching(stored, password) {
      const done = await run<"match">({ kind: "match", password, stored }, "ours");
      return done.ok ? ok(done.value.matching) : done;
    },
    refusalFloorMs(password) {
      const onceMs = Math.min(costs.foreignPeakMs() * FLOOR_MARGIN, REFUSAL_FLOOR_MAX_MS);
      return password === toNfc(password, PASSWORD_MAX_CODE_POINTS) ? onceMs : 2 * onceMs;
    },
    load: () => pool.load(),
    close: () => pool.close(),
  };
}

function spawnWorker(): Worker {
  return new Worker(new URL("./worker.ts", import.meta.url));
}

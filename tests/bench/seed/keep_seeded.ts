/**
 * Large databases, which take minutes to make and are kept in `.cache/bench` until the tables change.
 *
 * @module
 */

import { existsSync, mkdirSync, readdirSync, renameSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Bench } from "../bench.ts";
import { databasePath } from "../postern/start_postern.ts";
import { type SeedSize, seedDatabase } from "./seed_database.ts";

const ROOT = resolve(import.meta.dir, "../../..");
const KEPT = join(ROOT, ".cache/bench");
const MIGRATIONS = join(ROOT, "packages/db/migrations");

const SAY_EVERY_MS = 2_000;

/** Folder of the kept one, or of a new one, which is kept once it is whole. */
export async function keepSeeded(bench: Bench, size: SeedSize): Promise<string> {
  const { users, sessions, events } = size;
  const version = readdirSync(MIGRATIONS).filter((name) => name.endsWith(".sql")).length;
  const kept = join(KEPT, `${users}-${sessions}-${events}-${version}`);
  if (existsSync(kept)) return kept;
  const folder = `${kept}.part-${process.pid}`;
  mkdirSync(KEPT, { recursive: true });
  await cp(bench.home.folder, folder, { recursive: true });
  let saidAt = performance.now();
  seedDatabase(databasePath(folder), size, (what, done) => {
    if (performance.now() - saidAt < SAY_EVERY_MS) return;
    saidAt = performance.now();
    bench.say(`  seeded ${done} of ${size[what]} ${what}`);
  });
  renameSync(folder, kept);
  return kept;
}

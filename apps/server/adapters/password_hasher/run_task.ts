/**
 * Does a task, on the thread that calls it, and counts the hashes computed.
 *
 * Whatever is stored, at least one hash is computed: where there is nothing to verify, one with
 * our own parameters is computed for nothing, so that the time does not tell.
 *
 * @module
 */

import { randomBytes, timingSafeEqual } from "node:crypto";
import { toNfc } from "@postern/std";
import { hashOurs, isToday, readArgon2, spendOurs } from "./argon2.ts";
import { ARGON2_SALT_BYTES, PASSWORD_MAX_CODE_POINTS, STORED_MAX_CHARS } from "./limits.ts";
import { readStored } from "./read_stored.ts";
import { formatOf } from "./stored_format.ts";
import type { Outcome, Task } from "./task.ts";

/** An outcome, and how many hashes were computed for it. */
export interface Done {
  readonly outcome: Outcome;
  readonly computations: number;
}

/** Does a task. */
export function runTask(task: Task): Done {
  switch (task.kind) {
    case "hash": {
      const salt = task.salt ?? randomBytes(ARGON2_SALT_BYTES);
      const hash = hashOurs(toNfc(task.password, PASSWORD_MAX_CODE_POINTS), salt);
      return { outcome: { kind: "hash", hash }, computations: 1 };
    }
    case "verify":
      return verify(task.stored, task.password);
    case "match":
      return match(task.stored, task.password);
  }
}

function verify(stored: string | null, password: string): Done {
  const verifier = stored === null ? undefined : readStored(stored);
  if (stored === null || verifier === undefined || !password.isWellFormed()) {
    return nothing(password);
  }
  const normal = toNfc(password, PASSWORD_MAX_CODE_POINTS);
  // Ours are of NFC by construction. Django took what it was sent.
  const attempts = formatOf(stored) === "ours" ? new Set([normal]) : new Set([password, normal]);
  let computations = 0;
  let matches = false;
  for (const attempt of attempts) {
    if (matches) break;
    computations += 1;
    matches = tryTo(() => verifier(attempt), password) ?? false;
  }
  const outdated = matches && !isToday(stored);
  return { outcome: { kind: "verify", matches, outdated }, computations };
}

function nothing(password: string): Done {
  spendOurs(password);
  return { outcome: { kind: "verify", matches: false, outdated: false }, computations: 1 };
}

function match(stored: readonly string[], password: string): Done {
  const normal = toNfc(password, PASSWORD_MAX_CODE_POINTS);
  const bySettings = Map.groupBy(stored.filter(isOurs), settingsOf);
  const matching: string[] = [];
  if (bySettings.size === 0 || !password.isWellFormed()) {
    spendOurs(password);
    return { outcome: { kind: "match", matching }, computations: 1 };
  }
  for (const hashes of bySettings.values()) {
    const first = readArgon2(hashes[0] ?? "");
    const digest = tryTo(() => first?.compute(normal), normal);
    if (digest !== undefined) matching.push(...hashes.filter((hash) => isOf(hash, digest)));
  }
  return { outcome: { kind: "match", matching }, computations: bySettings.size };
}

function isOurs(stored: string): boolean {
  return (
    stored.length <= STORED_MAX_CHARS &&
    formatOf(stored) === "ours" &&
    readArgon2(stored) !== undefined
  );
}

/** All of a PHC string but its digest: the parameters and the salt. */
function settingsOf(stored: string): string {
  return stored.slice(0, stored.lastIndexOf("$"));
}

function isOf(stored: string, digest: Uint8Array): boolean {
  const expected = readArgon2(stored)?.digest;
  return expected?.length === digest.length && timingSafeEqual(expected, digest);
}

/** Stored parameters can be refused as late as when they are used. That costs what any hash costs. */
function tryTo<T>(compute: () => T, password: string): T | undefined {
  try {
    return compute();
  } catch {
    spendOurs(password);
    return undefined;
  }
}

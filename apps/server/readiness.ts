/**
 * Whether the server can serve, check by check.
 *
 * @module
 */

import { type Clock, minutes, seconds } from "@postern/std";
import type { Readiness } from "@postern/wire";
import type { KeyRings } from "./key_rings_port.ts";
import type { Owed } from "./owed_readings.ts";
import type { WriteProbe } from "./write_probe.ts";

/** Tells whether the server can serve. */
export type ReadinessCheck = () => Promise<Readiness>;

/** What is checked. */
export interface ReadinessDeps {
  readonly clock: Clock;
  readonly takesWrites: WriteProbe;
  readonly backlog: () => Promise<{ waiting: number; oldestAt: number | null }>;
  /** Whether mail is sent at all. */
  readonly sendsMail: boolean;
  readonly rings: Pick<KeyRings, "loadedAt">;
  /** What was changed and could not be read yet. */
  readonly owed: () => readonly Owed[];
  /** How it is with Redis; null where there is none. */
  readonly redis: { readonly isUp: boolean } | null;
  readonly isStopping: () => boolean;
}

/** From this age on the oldest mail that waits means that mail does not go out. */
const MAIL_AGE_MAX_MS = minutes(15);

type Check = Readiness["checks"][number];

/** Makes the check. */
export function createReadinessCheck(deps: ReadinessDeps): ReadinessCheck {
  return async () => {
    const checks: readonly Check[] = await Promise.all([
      checkDatabase(deps),
      checkMail(deps),
      checkKeys(deps),
      checkChanges(deps),
      ...checkRedis(deps),
      checkRunning(deps),
    ]);
    return { ok: checks.every((check) => check.ok), checks: [...checks] };
  };
}

async function checkDatabase(deps: ReadinessDeps): Promise<Check> {
  const ok = await deps.takesWrites();
  return { name: "database", ok, detail: ok ? "It takes writes" : "It takes no writes" };
}

async function checkMail(deps: ReadinessDeps): Promise<Check> {
  const name = "mail";
  if (!deps.sendsMail)
    return { name, ok: true, detail: "Mail stays in the outbox: SMTP_URL is not set" };
  try {
    const { waiting, oldestAt } = await deps.backlog();
    const ageMs = oldestAt === null ? 0 : deps.clock.now() - oldestAt;
    const detail = `${waiting} waiting, the oldest for ${Math.round(ageMs / seconds(1))} s`;
    return { name, ok: ageMs < MAIL_AGE_MAX_MS, detail };
  } catch {
    return { name, ok: false, detail: "The outbox cannot be read" };
  }
}

async function checkKeys(deps: ReadinessDeps): Promise<Check> {
  if (deps.owed().includes("keys")) {
    return { name: "keys", ok: false, detail: "They changed, and cannot be read" };
  }
  const at = deps.rings.loadedAt();
  return at === null
    ? { name: "keys", ok: false, detail: "They are not loaded" }
    : { name: "keys", ok: true, detail: `Read ${new Date(at).toISOString()}` };
}

/** Limits, blocked addresses and settings: what is in force is not what was decided, while they are owed. */
async function checkChanges(deps: ReadinessDeps): Promise<Check> {
  const owed = deps.owed().filter((what) => what !== "keys");
  return owed.length === 0
    ? { name: "changes", ok: true, detail: "All that was changed is in force" }
    : { name: "changes", ok: false, detail: `Changed, and cannot be read: ${owed.join(", ")}` };
}

/** Not being able to reach it fails nothing: every process would be taken out of service at once. */
function checkRedis({ redis }: ReadinessDeps): readonly Check[] {
  if (redis === null) return [];
  const detail = redis.isUp
    ? "It answers"
    : "It cannot be reached: limits are counted in this process alone";
  return [{ name: "redis", ok: true, detail }];
}

async function checkRunning(deps: ReadinessDeps): Promise<Check> {
  return deps.isStopping()
    ? { name: "server", ok: false, detail: "It is stopping" }
    : { name: "server", ok: true, detail: "It is running" };
}

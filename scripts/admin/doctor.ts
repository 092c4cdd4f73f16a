/**
 * `doctor`: looks for what would keep the server from doing its work.
 *
 * @module
 */

import type { Core } from "@postern/server/compose.ts";
import { minutes } from "@postern/std";
import type { Command } from "./command.ts";

interface Check {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** From this age on the oldest mail that waits means that mail does not go out. */
const MAIL_AGE_MAX_MS = minutes(15);

/** `doctor`. */
export const doctorCommand: Command = {
  name: "doctor",
  usage: "",
  summary: "checks database, keys, mail, Redis and configuration",
  flags: {},
  async run({ core, output }) {
    const checks = [
      await check("database", () => checkDatabase(core)),
      await check("keys", () => checkKeys(core)),
      await check("mail", () => checkMail(core)),
      await check("redis", () => checkRedis(core)),
      await check("limits", () => checkLimits(core)),
      await check("public_url", async () => checkPublicUrl(core)),
    ];
    const ok = checks.every((one) => one.ok);
    output.object({ ok, checks });
    for (const one of checks)
      output.say(`${one.ok ? "ok  " : "FAIL"}  ${one.name.padEnd(11)}  ${one.detail}`);
    return ok ? 0 : 1;
  },
};

type Finding = Omit<Check, "name">;

async function check(name: string, look: () => Promise<Finding>): Promise<Check> {
  try {
    return { name, ...(await look()) };
  } catch (cause) {
    return { name, ok: false, detail: cause instanceof Error ? cause.message : "It failed" };
  }
}

async function checkDatabase(core: Core): Promise<Finding> {
  await core.beat();
  return { ok: true, detail: "Opens, is up to date, takes writes" };
}

async function checkKeys(core: Core): Promise<Finding> {
  const keys = await core.store.listKeys();
  const current = keys.filter((key) => key.state === "current").map((key) => key.id);
  return { ok: current.length === 3, detail: `Current: ${current.join(", ")}` };
}

async function checkMail(core: Core): Promise<Finding> {
  if (core.config.smtpUrl === undefined) {
    return { ok: true, detail: "SMTP_URL is not set: mail stays in the outbox" };
  }
  const { waiting, oldestAt } = await core.outbox.backlog();
  const ageMs = oldestAt === null ? 0 : core.clock.now() - oldestAt;
  const detail = `${waiting} waiting, the oldest for ${Math.round(ageMs / minutes(1))} minutes`;
  return { ok: ageMs < MAIL_AGE_MAX_MS, detail };
}

async function checkRedis(core: Core): Promise<Finding> {
  const answers = await core.probeRedis();
  if (answers === null) {
    return { ok: true, detail: "REDIS_URL is not set: each process counts limits by itself" };
  }
  return answers
    ? { ok: true, detail: "It answers" }
    : { ok: false, detail: "It does not answer, or not to this user and password" };
}

async function checkLimits(core: Core): Promise<Finding> {
  const limits = await core.store.listLimits();
  const off = limits.filter((limit) => !limit.enabled).map((limit) => limit.id);
  return off.length === 0
    ? { ok: true, detail: `${limits.length} limits in force` }
    : { ok: false, detail: `Switched off: ${off.join(", ")}` };
}

function checkPublicUrl(core: Core): Finding {
  const { publicUrl } = core.config;
  if (publicUrl === undefined) return { ok: true, detail: "PUBLIC_URL follows the port" };
  const isLocal = /^http:\/\/(?:localhost|127\.|\[::1\])/.test(publicUrl);
  const isFit = publicUrl.startsWith("https:") || isLocal;
  return {
    ok: isFit,
    detail: isFit
      ? publicUrl
      : `${publicUrl} is not https: cookies and passwords travel in the clear`,
  };
}

/**
 * What needs somebody, now or soon.
 *
 * @module
 */

import { days, type EpochMs, timeText } from "@postern/std";
import type { Key } from "../keys/key.ts";
import type { HasStore } from "../ports.ts";
import type { ProviderHealth } from "../providers/provider_store.ts";
import type { EventTally } from "../store.ts";
import type { Health } from "./activity.ts";

/** A key is to be replaced when it is this old. NIST SP 800-57 Part 1, section 5.3.6, allows more. */
const KEY_AGE_MS = days(365);

/** How long before that it is said. */
const KEY_WARNING_MS = days(30);

/** Refused sign-ins in an hour from which on somebody may be guessing passwords. */
const MANY_FAILURES = 100;

/** How many times as many as good ones those must be. */
const FAILURES_PER_SIGN_IN = 3;

/** Something that needs somebody. */
export interface Attention {
  readonly code: "unhealthy" | "provider_failing" | "clock_off" | "many_failures" | "key_old";
  readonly urgency: "now" | "soon";
  readonly subject: string;
  readonly detail: string;
}

/** What is looked at beside the store. */
interface Facts {
  readonly at: EpochMs;
  readonly health: Health;
  readonly signIns: EventTally;
  readonly failedSignIns: EventTally;
}

/** Finds what needs somebody, the most urgent first. */
export async function findAttention(deps: HasStore, facts: Facts): Promise<readonly Attention[]> {
  const [providers, keys] = await Promise.all([
    deps.store.listProviderHealth(),
    deps.store.listKeys(),
  ]);
  const found = [
    ...ofHealth(facts),
    ...ofSignIns(facts),
    ...providers.flatMap(ofProvider),
    ...keys.flatMap((key) => ofKey(key, facts.at)),
  ];
  return found.toSorted((a, b) => Number(a.urgency === "soon") - Number(b.urgency === "soon"));
}

function ofHealth({ health }: Facts): readonly Attention[] {
  return health.checks
    .filter(({ ok }) => !ok)
    .map(({ name, detail }) => ({ code: "unhealthy", urgency: "now", subject: name, detail }));
}

function ofSignIns({ signIns, failedSignIns }: Facts): readonly Attention[] {
  const failed = failedSignIns.total;
  if (failed < MANY_FAILURES || failed < FAILURES_PER_SIGN_IN * signIns.total) return [];
  const detail = `${countText(failedSignIns)} sign-ins were refused within an hour, and ${countText(signIns)} were good`;
  return [{ code: "many_failures", urgency: "now", subject: "sign-ins", detail }];
}

function countText({ total, more }: EventTally): string {
  return more ? `over ${total}` : String(total);
}

/** A clock that is off is named as that: good answers look as though they were of another time. */
function ofProvider({ ok, providerId: subject, checks }: ProviderHealth): readonly Attention[] {
  const failed = checks.filter((check) => !check.ok);
  const clock = failed.find(({ name }) => name === "clock");
  const other = failed.find(({ name }) => name !== "clock");
  const found: Attention[] = [];
  if (clock !== undefined) {
    found.push({ code: "clock_off", urgency: "now", subject, detail: clock.detail });
  }
  if (other !== undefined || (!ok && clock === undefined)) {
    const detail = other?.detail ?? "Its last check failed";
    found.push({ code: "provider_failing", urgency: "now", subject, detail });
  }
  return found;
}

function ofKey({ id, ring, state, currentAt }: Key, at: EpochMs): readonly Attention[] {
  if (state !== "current" || currentAt === null) return [];
  const leftMs = currentAt + KEY_AGE_MS - at;
  if (leftMs > KEY_WARNING_MS) return [];
  const urgency = leftMs <= 0 ? "now" : "soon";
  const detail = `The key of ${ring} has been current since ${timeText(currentAt)}: rotate it`;
  return [{ code: "key_old", urgency, subject: id, detail }];
}

/**
 * The summary, as administrators are shown it.
 *
 * @module
 */

import type { EventTally, Sample, Summary } from "@postern/auth";
import { before, type EpochMs, epochMs, minutes, timeText } from "@postern/std";

const MINUTE_MS = minutes(1);

/** Minutes that are shown. */
const SHOWN = 60;

/** The state of things. */
export function summaryShape(summary: Summary) {
  const { signIns, failedSignIns, rateLimited, failures, limits } = summary;
  return {
    at: timeText(summary.at),
    health: { ok: summary.health.ok, checks: [...summary.health.checks] },
    last_hour: {
      sign_ins: bounded(signIns),
      failed_sign_ins: bounded(failedSignIns),
      rate_limited: bounded(rateLimited),
      failures: partsOf(failures),
      limits: partsOf(limits),
      minutes: minutesOf(summary),
    },
    live_sessions: {
      count: summary.liveSessions.count,
      more: false,
      about: summary.liveSessions.isAbout,
    },
    sockets: summary.sockets,
    samples: summary.samples.map(sampleShape),
    attention: [...summary.attention],
  };
}

/** How things stood at a moment. */
export function sampleShape({ at, sessions, sockets }: Sample) {
  return { at: timeText(at), sessions, sockets };
}

function bounded({ total, more }: EventTally) {
  return { count: total, more };
}

/** The largest first. */
function partsOf({ groups, more }: EventTally) {
  const items = groups
    .map(({ key, count }) => ({ key, count }))
    .toSorted((a, b) => b.count - a.count || a.key.localeCompare(b.key));
  return { items, more };
}

/** Each minute of the last hour, oldest first. */
function minutesOf({ at, signIns, failedSignIns, rateLimited }: Summary) {
  const [good, refused, limited] = [signIns, failedSignIns, rateLimited].map(
    ({ groups }) => new Map(groups.map(({ key, count }) => [key, count])),
  );
  const last: EpochMs = epochMs(at - (at % MINUTE_MS));
  return Array.from({ length: SHOWN }, (_, index) => {
    const minute = before(last, (SHOWN - 1 - index) * MINUTE_MS);
    const key = String(minute);
    return {
      at: timeText(minute),
      sign_ins: good?.get(key) ?? 0,
      failed_sign_ins: refused?.get(key) ?? 0,
      rate_limited: limited?.get(key) ?? 0,
    };
  });
}

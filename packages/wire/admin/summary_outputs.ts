/**
 * What the overview gives.
 *
 * @module
 */

import { z } from "zod";
import { readiness } from "../shapes/readiness.ts";
import { timestamp } from "../shapes/timestamp.ts";

const count = z.int().min(0);

/** How many: `more` where counting stopped. */
const bounded = z.object({ count, more: z.boolean() });

/** Counts by what was counted, the largest first. */
const parts = z.object({
  items: z.array(z.object({ key: z.string(), count })),
  more: z.boolean(),
});

/** How things stood at a moment. Sessions are counted about. */
export const adminSample = z.object({ at: timestamp, sessions: count, sockets: count });

/** The state of things now. */
export const adminSummary = z.object({
  at: timestamp,
  health: readiness,
  last_hour: z.object({
    sign_ins: bounded,
    failed_sign_ins: bounded,
    rate_limited: bounded,
    /** Refused sign-ins by reason, of the newest thousand. */
    failures: parts,
    /** Callers over a limit, by limit, once a minute each, of the newest thousand. */
    limits: parts,
    /** Each minute, oldest first. */
    minutes: z.array(
      z.object({ at: timestamp, sign_ins: count, failed_sign_ins: count, rate_limited: count }),
    ),
  }),
  /** `about` where it was estimated. */
  live_sessions: bounded.extend({ about: z.boolean().optional() }),
  sockets: count,
  /** Of the last hour, one a minute, oldest first. */
  samples: z.array(adminSample),
  attention: z.array(
    z.object({
      code: z.string(),
      urgency: z.enum(["now", "soon"]),
      subject: z.string(),
      detail: z.string(),
    }),
  ),
});

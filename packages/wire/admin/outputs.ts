/**
 * What the procedures of administration give.
 *
 * @module
 */

import { z } from "zod";
import { readiness } from "../shapes/readiness.ts";
import { timestamp } from "../shapes/timestamp.ts";
import { adminRole } from "./permissions.ts";

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
  live_sessions: bounded.extend({ about: z.boolean() }),
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

/** A user, as an administrator sees it. */
export const adminUser = z.object({
  id: z.string(),
  username: z.string(),
  email: z.string(),
  email_verified: z.boolean(),
  name: z.string().nullable(),
  role: adminRole.nullable(),
  state: z.enum(["active", "blocked", "unverified"]),
  blocked_until: timestamp.nullable(),
  block_reason: z.string().nullable(),
  has_password: z.boolean(),
  created_at: timestamp,
});

/** A live session, as an administrator sees it. */
export const adminSession = z.object({
  id: z.string(),
  user: z.object({ id: z.string(), username: z.string() }),
  kind: z.enum(["browser", "api", "console"]),
  provider: z.string(),
  created_at: timestamp,
  last_seen_at: timestamp,
  expires_at: timestamp,
  ip: z.string().nullable(),
  user_agent: z.string().nullable(),
});

/** A user with the newest of what belongs to it. */
export const adminUserDetail = adminUser.extend({
  identities: z.array(
    z.object({ id: z.string(), provider: z.string(), label: z.string().nullable() }),
  ),
  sessions: z.array(adminSession),
});

/** How many sessions ended. */
export const sessionsEnded = z.object({ sessions_ended: count });

/** How many sessions matched, and how many ended. */
export const endedMatching = z.object({ matched: count, ended: count });

const check = z.object({ name: z.string(), ok: z.boolean(), detail: z.string() });

/** A provider, without its secrets. */
export const adminProvider = z.object({
  id: z.string(),
  kind: z.enum(["google", "github", "oidc"]),
  name: z.string(),
  issuer: z.string(),
  client_id: z.string(),
  scopes: z.array(z.string()),
  enabled: z.boolean(),
  source: z.enum(["env", "console"]),
  created_at: timestamp,
  updated_at: timestamp,
  /** Tells one state from another: to be sent as `expected` with an edit. */
  version: z.string(),
  health: z.object({ checked_at: timestamp, ok: z.boolean(), checks: z.array(check) }).nullable(),
});

/** What a test of a provider found. */
export const providerTest = z.object({ ok: z.boolean(), checks: z.array(check) });

/** A limit. */
export const adminLimit = z.object({
  id: z.string(),
  name: z.string(),
  count: z.int(),
  window_s: z.int(),
  scope: z.enum(["address", "account", "user", "connection"]),
  enabled: z.boolean(),
  /** Tells one state from another: to be sent as `expected` with an edit. */
  version: z.string(),
});

/** What limits did within their windows, and whom they hold back now, in this process. */
export const limitPressure = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      allowed: count,
      refused: count,
      busiest: z.array(z.object({ subject: z.string(), count })),
      held: z.array(
        z.object({ subject: z.string(), refused: count, since: timestamp, until: timestamp }),
      ),
    }),
  ),
});

/** What a draft of a limit would have done to what was decided lately, in this process. */
export const limitDryRun = z.object({
  decisions: count,
  from: timestamp.nullable(),
  refused: count,
  would_refuse: count,
  signed_in_later: count,
  subjects: count,
});

/** Addresses that are kept out. */
export const adminAddressBlock = z.object({
  cidr: z.string(),
  reason: z.string().nullable(),
  created_at: timestamp,
  until: timestamp.nullable(),
});

/** An event. */
export const adminEvent = z.object({
  id: z.string(),
  at: timestamp,
  action: z.string(),
  actor: z.object({
    type: z.enum(["user", "operator", "system"]),
    id: z.string().optional(),
    username: z.string().optional(),
  }),
  user: z.object({ id: z.string(), username: z.string().nullable() }).nullable(),
  ip: z.string().nullable(),
  user_agent: z.string().nullable(),
  success: z.boolean(),
  details: z.record(z.string(), z.json()),
  request_id: z.string(),
});

/** Events that are new, oldest first. The piece's id tells up to where all was looked at. */
export const tailPiece = z.object({ items: z.array(adminEvent) });

/** A piece of events as text; pieces stand one after another. */
export const exportedEvents = z.object({ text: z.string(), next: z.string().nullable() });

/** Whether the chain of events holds. */
export const chainReport = z.object({
  ok: z.boolean(),
  checked: count,
  first_bad: z.string().nullable(),
});

/** A key ring. */
export const adminRing = z.object({
  ring: z.string(),
  keys: z.array(
    z.object({
      key: z.string(),
      state: z.enum(["next", "current", "previous", "retired"]),
      created_at: timestamp,
      dependants: z.object({ sessions: count, tokens: count, secrets: count }),
    }),
  ),
});

/** A ring after its rotation. */
export const rotatedRing = z.object({
  ring: z.string(),
  current: z.string(),
  previous: z.string(),
});

/** What dropping a key ends. */
export const compromiseReport = z.object({
  sessions: count,
  tokens: count,
  sockets: count,
  consoles: count,
});

/** A setting, and where its value is from. What the environment sets, or only it can set, is not to be edited. */
export const adminSetting = z.object({
  name: z.string(),
  value: z.json(),
  source: z.enum(["environment", "console", "default"]),
  editable: z.boolean(),
});

/**
 * What the procedures of administration give.
 *
 * @module
 */

import { z } from "zod";
import { timestamp } from "../shapes/timestamp.ts";
import { adminEvent } from "./event_outputs.ts";
import { adminRole } from "./permissions.ts";

const count = z.int().min(0);

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
  /** Whether the next sign-in with the password must change it. */
  must_change_password: z.boolean(),
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

/** A session that may have ended. */
export const adminSessionDetail = adminSession.extend({
  /** When it was ended, or ran out; null while it lives. */
  ended_at: timestamp.nullable(),
  /** Why: `expired` where nobody ended it. */
  end_reason: z.string().nullable(),
  user: adminUser,
});

/** How many sessions ended. */
export const sessionsEnded = z.object({ sessions_ended: count });

/** How many sessions matched, and how many ended. */
export const endedMatching = z.object({ matched: count, ended: count });

const jobState = z.enum(["running", "done", "cancelled", "failed"]);

/** A job that ends sessions. */
export const endingJob = z.object({ job: z.string(), matched: count, state: jobState });

/** How far a job is, and what became of each session since the last piece. */
export const endingProgress = endingJob.extend({
  tried: count,
  ended: count,
  rows: z.array(z.object({ id: z.string(), ended: z.boolean() })),
});

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
  /** Whether the secret before is kept, until somebody has come in by the new one. */
  secret_overlaps: z.boolean(),
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

/** A user with the newest of what belongs to it. */
export const adminUserDetail = adminUser.extend({
  identities: z.array(
    z.object({
      id: z.string(),
      provider: z.string(),
      label: z.string().nullable(),
      linked_at: timestamp,
      used_at: timestamp,
    }),
  ),
  sessions: z.array(adminSession),
  /** What happened to the user, newest first; null for whoever may not read events. */
  events: z.array(adminEvent).nullable(),
  /** Open WebSockets in this process. */
  sockets: count,
});

/** An invitation that was sent. */
export const sentInvitation = z.object({ email: z.string(), expires_at: timestamp });

/** A user that is gone. */
export const deletedUser = z.object({
  id: z.string(),
  username: z.string(),
  sessions_ended: count,
});

/** A key ring. */
export const adminRing = z.object({
  ring: z.string(),
  keys: z.array(
    z.object({
      key: z.string(),
      state: z.enum(["next", "current", "previous", "retired"]),
      created_at: timestamp,
      current_at: timestamp.nullable(),
      previous_at: timestamp.nullable(),
      dependants: z.object({ sessions: count, tokens: count, secrets: count }),
      /** From when on it may retire; null where it is in use. */
      retires_at: timestamp.nullable(),
      /** Whether the next maintenance retires it. */
      retirable: z.boolean(),
    }),
  ),
  /** How often it is rotated by itself, and when next; null: by hand. */
  schedule: z.object({ every_days: count, next_at: timestamp.nullable() }).nullable(),
  /** Texts that are to be sealed anew by the current key. */
  to_reseal: count,
});

/** All rings. */
export const adminRings = z.object({ items: z.array(adminRing) });

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

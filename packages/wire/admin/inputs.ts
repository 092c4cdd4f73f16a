/**
 * What the procedures of administration take.
 *
 * @module
 */

import { z } from "zod";
import { PAGE_LIMIT, PAGE_LIMIT_MAX } from "../credentials.ts";
import { adminRole } from "./permissions.ts";

const REASON_MAX_LENGTH = 500;

const text = z.string().trim().min(1).max(500);
const userId = z.string().regex(/^[1-9][0-9]{0,14}$/);
const sessionId = z.string().min(1).max(64);
const providerId = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/);
const scopes = z.array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/)).max(50);
const ring = z.enum(["signing", "cookies", "secrets"]);

/** A list: by a query, a page at a time. */
export const listInput = z.object({
  query: z.string().max(500).default(""),
  limit: z.int().min(1).max(PAGE_LIMIT_MAX).default(PAGE_LIMIT),
  cursor: z.string().min(1).max(512).optional(),
});

/** Most events in one piece of an export. */
const EXPORT_PIECE_MAX = 1_000;

/** Events to be written as text, some at a time. */
export const exportInput = z.object({
  query: z.string().max(500).default(""),
  format: z.enum(["csv", "ndjson"]),
  /** Events in one piece. */
  limit: z.int().min(1).max(EXPORT_PIECE_MAX).default(EXPORT_PIECE_MAX),
  cursor: z.string().min(1).max(512).optional(),
});

/** Where a stream that was cut off goes on: the id of the last piece that came. tRPC adds it. */
const lastEventId = z.string().max(64).optional();

/** A stream that begins with the state of things. */
export const liveInput = z.object({ lastEventId }).default({});

const eventId = z.string().regex(/^(?:0|[1-9][0-9]{0,14})$/);

/** An event. */
export const eventInput = z.object({ id: eventId });

/** Events to be counted. */
export const queryInput = z.object({ query: z.string().max(500).default("") });

/** The newest page of a list, as it changes. */
export const livePageInput = z
  .object({ query: z.string().max(500).default(""), lastEventId })
  .default({ query: "" });

/** A walk that goes on where it was cut off. */
export const walkInput = z.object({ lastEventId: eventId.optional() }).default({});

/** Events from now on, or after one. */
export const tailInput = z
  .object({
    query: z.string().max(500).default(""),
    after: eventId.optional(),
    lastEventId: eventId.optional(),
  })
  .default({ query: "" });

/** A user. */
export const userInput = z.object({ id: userId });

/** A user to be blocked. */
export const blockUserInput = z.object({
  id: userId,
  reason: z.string().trim().max(REASON_MAX_LENGTH).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
});

/** Somebody to be invited. */
export const inviteInput = z.object({ email: z.string().trim().min(3).max(254) });

/** A user to be deleted. */
export const deleteUserInput = z.object({
  id: userId,
  reason: z.string().trim().max(REASON_MAX_LENGTH).optional(),
});

/** A user's role; `expected` is the one that was shown: refused as `conflict` where it is another by now. */
export const setRoleInput = z.object({
  id: userId,
  role: adminRole.nullable(),
  expected: adminRole.nullable().optional(),
});

/** A session. */
export const sessionInput = z.object({ id: sessionId });

/** Sessions to be ended. */
export const endMatchingInput = z.object({
  query: z.string().max(500),
  dryRun: z.boolean().default(false),
});

/** Sessions to be ended, with progress. */
export const startEndingInput = z.object({ query: z.string().max(500) });

const job = z.string().min(1).max(64);

/** A job that ends sessions. */
export const jobInput = z.object({ job });

/** A job that ends sessions, to be looked at; it goes on where it was cut off. */
export const followJobInput = z.object({
  job,
  lastEventId: z
    .string()
    .regex(/^\d{1,9}$/)
    .optional(),
});

/** A provider. */
export const providerInput = z.object({ id: providerId });

/**
 * An issuer's address: tokens name it letter by letter, and it may stand in logs, so it holds no name and
 * password; nor query and fragment. OpenID Connect Discovery 1.0, section 3 (`issuer`).
 */
const ISSUER = /^https?:\/\/[^?#@\\\s]+$/;

const issuer = z
  .string()
  .max(500)
  .refine((text) => ISSUER.test(text) && URL.canParse(text), {
    error: "Give an http: or https: URL without user, password, query and fragment",
  });

/** A provider to be made. */
export const createProviderInput = z.object({
  id: providerId,
  kind: z.enum(["google", "github", "oidc"]),
  name: text.max(100),
  issuer: issuer.optional(),
  client_id: text,
  client_secret: text,
  scopes: scopes.optional(),
});

/** The `version` of what was shown: refused as `conflict` where it was changed since. */
const expected = z.string().min(1).max(100).optional();

/** Also where it is the only way in of some. */
const force = z.boolean().default(false);

/** What of a provider is to change; `force` also where another issuer shuts administrators out. */
export const updateProviderInput = z.object({
  id: providerId,
  expected,
  force,
  name: text.max(100).optional(),
  issuer: issuer.optional(),
  client_id: text.optional(),
  scopes: scopes.optional(),
});

/** Whether a provider is on; `force` also where switching it off shuts administrators out. */
export const enableProviderInput = z.object({
  id: providerId,
  enabled: z.boolean(),
  expected,
  force,
});

/** A provider's new secret. */
export const replaceSecretInput = z.object({ id: providerId, client_secret: text, expected });

/** A provider to be taken away; `force` even where it is somebody's only way in. */
export const deleteProviderInput = z.object({ id: providerId, force });

const limitId = z.string().min(1).max(64);

/** A draft of a limit, to be tried on what was decided lately. */
export const draftLimitInput = z.object({
  id: limitId,
  count: z.int().min(1).max(1_000_000).optional(),
  window_s: z.int().min(1).max(86_400).optional(),
  enabled: z.boolean().optional(),
});

/** A draft of a limit. */
export type DraftLimit = z.output<typeof draftLimitInput>;

/** A limit, and whom it counts. */
export const countInput = z.object({ id: limitId, subject: z.string().min(1).max(320) });

/** What of a limit is to change. */
export const updateLimitInput = draftLimitInput.extend({ expected });

/** A page of a list that takes no query. */
export const pageInput = listInput.omit({ query: true });

const cidr = z.string().trim().min(1).max(64);

/** Addresses to be kept out. */
export const blockAddressInput = z.object({
  cidr,
  reason: z.string().trim().max(REASON_MAX_LENGTH).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
});

/** Addresses to be let in again. */
export const unblockAddressInput = z.object({ cidr });

/** A setting that can change while the server runs, and its new value. */
export const updateSettingInput = z.discriminatedUnion("name", [
  z.object({
    name: z.literal("SIGNUP"),
    value: z.enum(["verify", "closed"]),
    /** What was shown: refused as `conflict` where it is another by now. */
    expected: z.enum(["verify", "closed"]).optional(),
  }),
  z.object({
    name: z.literal("PASSWORD_MIN_LENGTH"),
    value: z.int().min(12).max(64),
    expected: z.int().optional(),
  }),
]);

/** A key ring. */
export const ringInput = z.object({ ring });

/** How often a ring is rotated by itself, days; null: by hand. */
export const scheduleInput = z.object({ ring, every_days: z.int().min(1).max(730).nullable() });

/** A key of a ring. */
export const keyInput = z.object({ ring, key: z.string().min(1).max(64) });

/**
 * What the audit log gives.
 *
 * @module
 */

import { z } from "zod";
import { timestamp } from "../shapes/timestamp.ts";

const count = z.int().min(0);

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

/** An event with what it changed, and whether it stands in the chain as it was written. */
export const adminEventDetail = adminEvent.extend({
  /** What its details call so; null where they do not. */
  before: z.json(),
  after: z.json(),
  hash: z.string(),
  previous_hash: z.string(),
  /** Whether its hash is that of what it says, after the one before it. */
  intact: z.boolean(),
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

/** How far a walk along the chain of events is. */
export const chainProgress = chainReport.extend({
  /** Position of the newest event. */
  total: count,
  done: z.boolean(),
});

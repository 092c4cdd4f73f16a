/**
 * What an event of the server itself says, beside its time.
 *
 * @module
 */

/** An event of the server itself, for tests to change. */
export const SYSTEM_EVENT = {
  action: "signup",
  actorType: "system",
  actorId: null,
  actorName: null,
  userId: null,
  username: null,
  ip: null,
  userAgent: null,
  success: true,
  details: {},
  requestId: "-",
} as const;

/**
 * The codes that the server closes a chat's WebSocket with.
 *
 * @see RFC 6455, section 7.4
 * @module
 */

/** Each code by what it means. */
export const CLOSE_CODES = {
  /** The server stops or starts anew: come back, after a while. */
  restart: 1012,
  /** No valid token, a blocked user, an ended session, or a token that ran out unrenewed. */
  unauthenticated: 4001,
  /** An Origin that is not allowed, no member, or no such conversation. */
  forbidden: 4003,
  /** Too many messages, or connections. */
  tooMany: 4008,
  /** A frame that is too large, or a reader that is too slow. */
  tooLarge: 4009,
  /** Not text, not JSON, or of no known type. */
  malformed: 4010,
} as const;

/** A code that the server closes with. */
export type CloseCode = (typeof CLOSE_CODES)[keyof typeof CLOSE_CODES];

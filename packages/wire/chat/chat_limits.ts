/**
 * Numbers of the chat that both ends know.
 *
 * @module
 */

/** Fewest code points of a message. */
export const MESSAGE_MIN_LENGTH = 1;

/** Most code points of a message. */
export const MESSAGE_MAX_LENGTH = 4_000;

/** Largest frame that a client may send, bytes. The longest message fits, unless most of it is escaped. */
export const FRAME_MAX_BYTES = 16_384;

/** Messages of a history frame where it asks for no number. */
export const HISTORY_LIMIT = 50;

/** Most messages of a history frame; more counts as this many. */
export const HISTORY_LIMIT_MAX = 200;

/** How long before its token runs out a connection is told so, milliseconds. */
export const EXPIRING_AHEAD_MS = 60_000;

/** How long a ticket is good for, seconds. */
export const TICKET_LIFE_S = 60;

/** Most code points of a conversation's title. */
export const TITLE_MAX_LENGTH = 100;

/** Most members of a conversation. */
export const MEMBERS_MAX = 200;

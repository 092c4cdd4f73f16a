/**
 * Numbers of the chat's rules.
 *
 * @module
 */

/** Most code points of a conversation's title. Two lines of a list. */
export const TITLE_MAX_LENGTH = 100;

/** Most members of a conversation. Each message goes to all of them. */
export const MEMBERS_MAX = 200;

/** How long a ticket is good for, milliseconds. CONTRACT, "Credentials". */
export const TICKET_MS = 60_000;

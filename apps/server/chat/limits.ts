/**
 * Numbers of the chat's sockets.
 *
 * @module
 */

import type { RateRule } from "@postern/auth";
import { seconds } from "@postern/std";

/** Most connections of a user. A few devices, each with a connection to each of some conversations. */
export const CONNECTIONS_PER_USER_MAX = 100;

/** Most connections from an address. An office behind one. */
export const CONNECTIONS_PER_ADDRESS_MAX = 1_000;

/** Frames beside messages on a connection: typing, history while scrolling, pings. */
export const OTHER_FRAMES: RateRule = { count: 100, windowMs: seconds(10) };

/**
 * Largest frame that the runtime takes, bytes. Larger than ours, so that the client hears our code:
 * beyond its own limit the runtime cuts the connection without one (Bun 1.4.5).
 */
export const RUNTIME_FRAME_MAX_BYTES = 262_144;

/** Most that waits for a slow reader, bytes. Beyond it the connection is cut. */
export const BACKLOG_MAX_BYTES = 1_048_576;

/** Most of a frame of history, bytes: less than half of what may wait, so that others fit beside it. */
export const HISTORY_MAX_BYTES = 262_144;

/** How long a connection may say nothing, not even to a ping, seconds. The runtime pings before. */
export const SOCKET_IDLE_S = 60;

/** How often connections are looked through for tokens that run out, milliseconds. */
export const SWEEP_EVERY_MS = seconds(0.5);

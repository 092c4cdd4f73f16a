/**
 * Which of the loaded messages are drawn: a stretch that is moved as one scrolls, so that a page
 * holds no more than some hundred however long the conversation is.
 *
 * Not a list with estimated heights: the messages of a stretch are all there, one after another, for
 * the browser's search, for assistive technology, and for a scroll position that is exact.
 *
 * @module
 */

import type { ChatMessage } from "@postern/wire";

/** By how many messages the stretch is moved. More than fits into a window. */
const STEP = 80;

/** Most messages that are drawn once it was moved. */
const DRAWN_MAX = 240;

/** A stretch, by `seq`; `first` null: as many as are drawn at first; `last` null: with the newest. */
export interface LogWindow {
  readonly first: number | null;
  readonly last: number | null;
}

/** From where to where something reaches, by `seq`, both included. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** Follows the newest messages. */
export const NEWEST: LogWindow = { first: null, last: null };

/** Messages that are drawn before the one where a reader goes on. */
const BEFORE = 20;

/** Begins a little before a message, and follows the newest if there is room for all up to them. */
export function reachingBackTo(seq: number, { last }: Span): LogWindow {
  const first = Math.min(seq - BEFORE, last - STEP + 1);
  return { first, last: last - first < DRAWN_MAX ? null : first + DRAWN_MAX - 1 };
}

/** What is drawn, of what is loaded. */
export function drawnSpan(window: LogWindow, loaded: Span): Span {
  const last = Math.min(window.last ?? loaded.last, loaded.last);
  return { first: Math.max(window.first ?? last - STEP + 1, loaded.first), last };
}

/** Takes the messages of a span out of those that are loaded; these have no gaps. */
export function messagesOf(
  messages: readonly ChatMessage[],
  { first, last }: Span,
): readonly ChatMessage[] {
  const from = messages[0]?.seq ?? 0;
  return messages.slice(first - from, last - from + 1);
}

/** What of the drawn stretch is in sight, or about to be. */
export interface Sight {
  readonly isNearTop: boolean;
  readonly isNearEnd: boolean;
  /** Whether the newest message is in sight. */
  readonly isAtEnd: boolean;
}

/** Moves the stretch to where one looks; the same where it may stay. */
export function moved(window: LogWindow, loaded: Span, sight: Sight): LogWindow {
  const drawn = drawnSpan(window, loaded);
  if (sight.isNearTop && drawn.first > loaded.first) return towardsOlder(window, loaded);
  const isNewer = sight.isNearEnd && !sight.isNearTop && drawn.last < loaded.last;
  return isNewer ? towardsNewer(window, loaded) : bounded(window, loaded, sight.isAtEnd);
}

function towardsOlder(window: LogWindow, loaded: Span): LogWindow {
  const drawn = drawnSpan(window, loaded);
  const first = Math.max(drawn.first - STEP, loaded.first);
  const last = first + DRAWN_MAX - 1;
  return { first, last: last < drawn.last ? last : window.last };
}

function towardsNewer(window: LogWindow, loaded: Span): LogWindow {
  if (window.last === null) return window;
  const last = window.last + STEP;
  const first = Math.max(drawnSpan(window, loaded).first, last - DRAWN_MAX + 1);
  return { first, last: last < loaded.last ? last : null };
}

/**
 * Keeps what is drawn within bounds while messages arrive: at the end by following them, elsewhere by
 * staying where one reads.
 */
function bounded(window: LogWindow, loaded: Span, isAtEnd: boolean): LogWindow {
  const drawn = drawnSpan(window, loaded);
  if (window.last !== null || drawn.last - drawn.first < DRAWN_MAX + STEP) return window;
  return isAtEnd ? NEWEST : { first: drawn.first, last: drawn.first + DRAWN_MAX - 1 };
}

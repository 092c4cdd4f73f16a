/**
 * The place that a text names: a link as it is copied, the number of an event, or a session's id.
 *
 * @module
 */

import { type Address, parseAddress, placeOf } from "./address.ts";

const LINK = /^#\/[a-z]+(\?\S*)?$/;
const EVENT = /^(?:event\s+|#)?([1-9]\d{0,14})$/i;
const SESSION = /^(?:session\s+)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/** Finds it; null where the text names none. */
export function placeIn(text: string): Address | null {
  const typed = text.trim();
  if (LINK.test(typed)) return parseAddress(typed);
  const event = EVENT.exec(typed)?.[1];
  if (event !== undefined) return placeOf("audit", "", event);
  const session = SESSION.exec(typed)?.[1];
  return session === undefined ? null : placeOf("sessions", "", session.toLowerCase());
}

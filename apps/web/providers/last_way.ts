/**
 * By which provider somebody last went to sign in from this browser: its id and nothing else, never
 * which account. A password in between clears it.
 *
 * It is noted on the way out, since the way back may lead past our pages; a return that says that it
 * failed takes it back.
 *
 * @module
 */

import { keepText } from "./kept_text.ts";

/** The id of the provider. */
export const lastWay = keepText(() => localStorage, "postern-last-way");

/**
 * Which provider this tab was sent to last, so that what went wrong there can be said with its name:
 * the address that the visitor comes back to has no more than a code.
 *
 * @module
 */

import { keepText } from "./kept_text.ts";

/** The id of the provider. */
export const visitedProvider = keepText(() => sessionStorage, "postern-visited");

/**
 * How a page of a list is answered.
 *
 * @module
 */

import type { Page } from "@postern/auth";
import { type Outcome, refuse, reply } from "../http/route.ts";

/** The page with its items in their shape; a refusal where its cursor is none of this list's. */
export function pageOutcome<T>(page: Page<T>, shapeOf: (item: T) => unknown): Outcome {
  if (page.isBadCursor === true) {
    const detail = "It is none that this list gave";
    const errors = [{ path: "cursor", code: "invalid_request" as const, detail }];
    return refuse({ code: "invalid_request", errors });
  }
  return reply(200, { items: page.items.map(shapeOf), next: page.next });
}

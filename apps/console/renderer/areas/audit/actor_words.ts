/**
 * Who did it, in a few words.
 *
 * @module
 */

import type { EventRow } from "../../calls/shapes.ts";

/** Names an actor. */
export function actorWords({ actor }: Pick<EventRow, "actor">): string {
  switch (actor.type) {
    case "user":
      return actor.username ?? "somebody";
    case "operator":
      return `operator ${actor.username ?? ""}`.trim();
    case "system":
      return "the server";
  }
}

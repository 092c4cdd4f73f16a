/**
 * An event's action, and whether it was done.
 *
 * @module
 */

import type { EventRow } from "../../calls/shapes.ts";

/** Shows it; what was refused is marked by more than a colour. */
export function ActionName({ event }: { readonly event: Pick<EventRow, "action" | "success"> }) {
  return (
    <span className="co-action" data-success={event.success}>
      <span className="co-action-mark" aria-hidden="true">
        {event.success ? "" : "✕"}
      </span>
      <span className="pt-mono">{event.action}</span>
      {event.success ? null : <span className="pt-hidden"> (refused)</span>}
    </span>
  );
}

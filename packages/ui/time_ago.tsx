/**
 * A moment on the page: how long ago, and exactly when.
 *
 * @module
 */

import { exactTime, relativeTime } from "./relative_time.ts";

/** What the element is handed. */
export interface TimeAgoProps {
  /** RFC 3339. One that cannot be read is shown as it is. */
  readonly at: string;
  /** Current time, milliseconds since the epoch. */
  readonly nowMs: number;
}

/** Shows both forms, so that neither hangs on a pointer hovering. */
export function TimeAgo({ at, nowMs }: TimeAgoProps) {
  const atMs = Date.parse(at);
  if (Number.isNaN(atMs)) return <span>{at}</span>;
  return (
    <time dateTime={at}>
      {relativeTime(atMs, nowMs)} <span className="pt-dim">({exactTime(atMs)})</span>
    </time>
  );
}

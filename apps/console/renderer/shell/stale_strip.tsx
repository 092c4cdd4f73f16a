/**
 * What is shown is old, since the server is not heard.
 *
 * @module
 */

import { Icon, relativeTime } from "@postern/ui";
import { useZone } from "../parts/time_text.tsx";
import { fullTime } from "../parts/time_words.ts";
import { useConsole } from "../state/console_state.ts";
import { useNow } from "../state/use_now.ts";

/** Draws it while that is so. */
export function StaleStrip() {
  const { connection, lastSeenAt } = useConsole();
  const [zone] = useZone();
  const nowMs = useNow();
  if (connection !== "offline") return null;
  return (
    <p className="co-stale" role="alert">
      <Icon name="unplugged" size={16} />
      {lastSeenAt === null
        ? "The server cannot be reached. It is tried again by itself."
        : `The server has not been heard since ${fullTime(lastSeenAt, zone)}, ${relativeTime(lastSeenAt, nowMs)}. What you see is from then; it is tried again by itself.`}
    </p>
  );
}

/**
 * Whether the server is heard.
 *
 * @module
 */

import { useConsole } from "../state/console_state.ts";

const WORDS = {
  online: "Live",
  connecting: "Connecting",
  offline: "Stale",
  signed_out: "Signed out",
} as const;

/** Draws it; never by colour alone. */
export function ConnectionBadge() {
  const { connection } = useConsole();
  return (
    <span className="co-connection" data-state={connection} role="status">
      <span className="co-connection-dot" aria-hidden="true" />
      {WORDS[connection]}
    </span>
  );
}
